"""Billing's documents as its files and zoho.md 4.8 to 4.12 describe them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from connectors.zoho.api.errors import ZohoUnreadable
from connectors.zoho.documents.billing_customer import BillingCustomer
from connectors.zoho.documents.billing_event import BillingEvent
from connectors.zoho.documents.billing_invoice import BillingInvoice
from connectors.zoho.documents.hosted_page import HostedPage
from connectors.zoho.documents.payment_method import BankAccount, Card
from connectors.zoho.documents.plan import Plan
from connectors.zoho.documents.subscription import RUNNING_STATUSES, Subscription

ROW = {
    "subscription_id": "90300000079200",
    "status": "live",
    "customer_id": "903000000000099",
    "customer_name": "Bowman & Co",
    "plan_name": "Monthly care",
    "amount": 59,
    "currency_code": "USD",
    "interval": "1",
    "interval_unit": "months",
    "created_at": "2026-06-05",
    "next_billing_at": "2026-12-05",
    "expires_at": "",
    "auto_collect": True,
    "updated_time": "2026-06-05T10:27:54-0400",
}
DETAIL = {
    name: value for name, value in ROW.items() if name not in ("customer_id", "customer_name", "plan_name")
} | {
    "customer": {
        "customer_id": "903000000000099",
        "display_name": "Bowman & Co",
        "email": "ana@bowman.example",
    },
    "plan": {"plan_code": "care-monthly", "name": "Monthly care", "quantity": 1, "price": 59, "total": 59},
    "addons": [{"addon_code": "extra-visit", "name": "Extra visit", "quantity": 2, "price": Decimal("7.5")}],
    "card": {"card_id": "90300000079226", "last_four_digits": 42, "expiry_month": 9, "expiry_year": 2027},
    "child_invoice_id": "90300000079311",
}


def test_facts_4_8_a_row_of_subscriptions_has_no_plan_code() -> None:
    row = Subscription.from_zoho(ROW)
    assert (row.plan_label, row.plan.code, row.card) == ("Monthly care", "", None)
    assert (row.amount, row.interval, row.next_billing_on) == (Decimal(59), 1, dt.date(2026, 12, 5))
    assert row.expires_on is None
    assert row.version == "2026-06-05T14:27:54+00:00"


def test_facts_4_8_the_detail_of_a_subscription_names_its_customer_inside_customer_only() -> None:
    """subscription.yml has no customer_id at the top of the detail: the wall between customers needs it all
    the same.
    """
    detail = Subscription.from_zoho(DETAIL)
    assert (detail.customer_id, detail.customer_name) == ("903000000000099", "Bowman & Co")
    assert (detail.plan.code, detail.addons[0].code, detail.addons[0].price) == (
        "care-monthly",
        "extra-visit",
        Decimal("7.5"),
    )
    assert detail.newest_invoice_id == "90300000079311"


def test_the_customer_at_the_top_is_not_overruled_by_the_one_inside() -> None:
    assert Subscription.from_zoho(ROW | {"customer": {"customer_id": "5"}}).customer_id == ROW["customer_id"]


def test_a_subscription_without_any_customer_is_unreadable_rather_than_anybodys() -> None:
    with pytest.raises(ZohoUnreadable) as caught:
        Subscription.from_zoho(DETAIL | {"customer": {}}, org="us-7")
    assert (caught.value.org, caught.value.id, caught.value.field) == (
        "us-7",
        ROW["subscription_id"],
        "customer_id",
    )


@pytest.mark.parametrize(
    "empty", ["", None, {}, {"card_id": ""}, {"card_id": "", "last_four_digits": "", "expiry_month": None}]
)
def test_a_subscription_without_a_card_is_read_and_has_none(empty: Any) -> None:
    assert Subscription.from_zoho(DETAIL | {"card": empty}).card is None


@pytest.mark.parametrize("status", ["live", "trial", "dunning", "unpaid", "non_renewing"])
def test_facts_5_4_while_it_runs_the_customer_has_what_the_plan_gives(status: str) -> None:
    assert Subscription.from_zoho(ROW | {"status": status}).status in RUNNING_STATUSES


@pytest.mark.parametrize(
    "status",
    [
        "cancelled",
        "cancelled_from_dunning",
        "creation_failed",
        "expired",
        "trial_expired",
        "future",
        "paused",
    ],
)
def test_facts_5_4_what_ended_or_never_began_does_not_run(status: str) -> None:
    assert Subscription.from_zoho(ROW | {"status": status}).status not in RUNNING_STATUSES


@pytest.mark.parametrize(
    ("said", "shown"), [(1111, "1111"), ("1111", "1111"), (42, "0042"), ("0042", "0042"), ("", "")]
)
def test_facts_4_9_the_last_four_digits_keep_their_zeros_though_the_file_calls_them_a_number(
    said: Any, shown: str
) -> None:
    assert Card.from_zoho({"card_id": "1", "last_four_digits": said}).last_four == shown
    assert BankAccount.from_zoho({"account_id": "1", "last_four_digits": said}).last_four == shown


def test_facts_4_10_billings_names_of_an_invoice_are_not_books_names() -> None:
    invoice = BillingInvoice.from_zoho(
        {
            "invoice_id": "7",
            "status": "sent",
            "customer_id": "5",
            "number": "INV-7",
            "invoice_date": "2026-11-02",
            "due_date": "",
            "total": 59,
            "balance": 59,
            "updated_time": "2026-11-02T10:00:00+0000",
            "invoice_items": [
                {"code": "care-monthly", "price": "59.00", "quantity": 1, "item_total": 59},
                {"code": ""},
            ],
        }
    )
    assert (invoice.number, invoice.date, invoice.due_on) == ("INV-7", dt.date(2026, 11, 2), None)
    assert invoice.lines[0].price == Decimal("59.00")
    assert [line.code for line in invoice.lines] == ["care-monthly", ""]
    assert invoice.version == "2026-11-02T10:00:00+00:00"


def test_facts_4_8_a_plan_is_known_by_its_code() -> None:
    assert Plan.from_zoho({"plan_code": "care-monthly", "recurring_price": 59}).id == "care-monthly"
    with pytest.raises(ZohoUnreadable):
        Plan.from_zoho({"name": "Monthly care"})


@pytest.mark.parametrize(
    "body",
    [
        {
            "hostedpage_id": "8c58",
            "status": "success",
            "data": {"invoice": {"invoice_id": "7"}, "subscription": {"subscription_id": "9"}},
        },
        {"hostedpage_id": "8c58", "status": "success", "invoice_id": "7", "subscription_id": "9", "data": ""},
        {
            "hostedpage_id": "8c58",
            "status": "success",
            "invoice_id": "",
            "subscription_id": 9,
            "data": {"invoice": {"invoice_id": 7}},
        },
    ],
)
def test_facts_4_11_what_a_page_was_for_is_read_with_and_without_the_wrapper(body: dict[str, Any]) -> None:
    page = HostedPage.from_zoho(body)
    assert (page.invoice_id, page.subscription_id, page.is_closed) == ("7", "9", True)


@pytest.mark.parametrize(
    ("status", "is_closed"),
    [("fresh", False), ("read", False), ("failed", False), ("force_cancelled", True), ("", False)],
)
def test_facts_4_11_a_page_is_over_only_when_zoho_says_so(status: str, is_closed: bool) -> None:
    assert (
        HostedPage.from_zoho({"hostedpage_id": "8c58", "status": status, "data": {}}).is_closed is is_closed
    )


def test_facts_4_12_an_event_says_what_to_read_again_and_its_payload_is_not_believed() -> None:
    event = BillingEvent.from_zoho(
        {"event_id": "9", "event_type": "payment_thankyou", "payload": "{not json", "event_time": ""}
    )
    assert (event.id, event.event_type, event.at) == ("9", "payment_thankyou", None)


def test_facts_4_9_a_customer_of_billing_has_no_figure_that_was_not_given() -> None:
    customer = BillingCustomer.from_zoho({"customer_id": "5", "outstanding": 0, "unused_credits": ""})
    assert (customer.outstanding, customer.unused_credits, customer.can_replace_bank_account) == (
        Decimal(0),
        None,
        None,
    )
