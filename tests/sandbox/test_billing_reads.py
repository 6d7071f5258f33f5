"""What Billing tells of subscriptions, plans, customers, cards, bank accounts, invoices and events (zoho.md
4.8 to 4.10, 4.12).
"""

from __future__ import annotations

import json
from collections import Counter

import pytest

STATUSES = {
    "live",
    "trial",
    "future",
    "dunning",
    "unpaid",
    "non_renewing",
    "cancelled",
    "cancelled_from_dunning",
    "creation_failed",
    "expired",
    "trial_expired",
}


@pytest.fixture
def brightwater(billing):
    return billing.customer("Brightwater Cafés")


def of(billing, customer, status, online=True):
    rows = billing.get("/subscriptions", customer_id=customer["contact_id"])["subscriptions"]
    return next(row for row in rows if row["status"] == status and row["auto_collect"] is online)


def test_there_are_forty_subscriptions_in_every_status_and_one_nobody_told_us_of(billing):
    rows = billing.get("/subscriptions")["subscriptions"]
    assert len(rows) >= 40 and {row["status"] for row in rows} == {*STATUSES, "paused"}
    assert {row["auto_collect"] for row in rows} == {True, False}
    assert {row["currency_code"] for row in rows} >= {"USD", "EUR", "JPY", "BHD"}


def test_a_row_has_no_plan_code_and_the_detail_has_it_with_the_card(billing, brightwater):
    row = of(billing, brightwater, "live")
    assert (
        row["plan_name"] == "Hosting and care, monthly"
        and "plan_code" not in json.dumps(row)
        and isinstance(row["interval"], str)
    )
    detail = billing.get(f"/subscriptions/{row['subscription_id']}")["subscription"]
    assert detail["plan"]["plan_code"] == "care-monthly" and [
        addon["addon_code"] for addon in detail["addons"]
    ] == ["extra-site"]
    assert detail["amount"] == row["amount"] == detail["plan"]["total"] + detail["addons"][0]["total"]
    assert (
        detail["card"]["last_four_digits"] == 42
        and detail["customer"]["customer_id"] == brightwater["contact_id"]
    )
    assert "customer_id" not in detail and detail["child_invoice_id"]


def test_an_offline_subscription_has_no_card(billing, brightwater):
    row = of(billing, brightwater, "live", online=False)
    assert billing.get(f"/subscriptions/{row['subscription_id']}")["subscription"]["card"] == {}


def test_subscriptions_are_filtered_by_customer_reference_status_and_mode(billing, brightwater):
    everything = billing.get("/subscriptions")["subscriptions"]
    mine = billing.get("/subscriptions", customer_id=brightwater["contact_id"])["subscriptions"]
    assert {record["customer_id"] for record in mine} == {brightwater["contact_id"]} and len(mine) == 5
    assert (
        len(billing.get("/subscriptions", reference_contains=mine[0]["reference_id"])["subscriptions"]) == 1
    )
    count = Counter(record["status"] for record in everything)

    def told(name):
        return Counter(
            subscription["status"]
            for subscription in billing.get("/subscriptions", filter_by=name)["subscriptions"]
        )

    assert told("SubscriptionStatus.TRIAL") == {"trial": count["trial"]}
    assert set(told("SubscriptionStatus.ACTIVE")) == {"live", "trial", "dunning", "non_renewing"}
    assert told("SubscriptionStatus.PAST_DUE") == {"dunning": count["dunning"]}
    months = [told(f"SubscriptionStatus.CANCELLED_{which}_MONTH") for which in ("THIS", "LAST")]
    assert sum(map(Counter.total, months)) == count["cancelled"] + count["cancelled_from_dunning"]
    offline = billing.get("/subscriptions", filter_by="SubscriptionMode.OFFLINE")["subscriptions"]
    assert offline and not any(record["auto_collect"] for record in offline)


def test_unknown_filters_are_ignored_silently(billing):
    everything = billing.get("/subscriptions")["subscriptions"]
    wrong = {"custmer_id": "1", "last_modified_time": "x", "status": "live"}
    assert billing.get("/subscriptions", **wrong)["subscriptions"] == everything
    for unknown in ("SubscriptionStatus.PAUSED", "Status.LIVE"):
        assert billing.get("/subscriptions", filter_by=unknown)["subscriptions"] == everything


def test_the_filter_by_customer_can_be_made_to_fail(billing, brightwater):
    billing.visitor.settings(ignores_customer_filter=["subscriptions", "billing_invoices"])
    assert (
        len(
            {
                subscription["customer_id"]
                for subscription in billing.get("/subscriptions", customer_id=brightwater["contact_id"])[
                    "subscriptions"
                ]
            }
        )
        > 1
    )
    assert billing.get("/invoices", subscription_id="1")["invoices"]


def test_pages_follow_each_other_until_there_are_no_more(billing):
    found, page, more = [], 1, True
    while more:
        answer = billing.get("/subscriptions", page=page, per_page=15)
        assert answer["page_context"]["page"] == page and answer["page_context"]["per_page"] == 15
        found += answer["subscriptions"]
        page, more = page + 1, answer["page_context"]["has_more_page"]
    assert found == billing.get("/subscriptions", per_page=100_000)["subscriptions"] and page > 3


def test_plans_are_known_by_code_and_told_whether_active_or_not(billing):
    plans = billing.get("/plans")["plans"]
    assert {"care-monthly", "podcast"} <= {plan["plan_code"] for plan in plans}
    inactive = billing.get("/plans", filter_by="PlanStatus.INACTIVE")["plans"]
    assert [record["plan_code"] for record in inactive] == ["podcast"]
    of_product = billing.get("/plans", product_id=inactive[0]["product_id"])["plans"]
    assert {record["product_id"] for record in of_product} == {inactive[0]["product_id"]} and 1 < len(
        of_product
    ) < len(plans)


def test_the_customer_is_the_contact_of_books_under_other_names(billing, brightwater):
    customer = billing.get(f"/customers/{brightwater['contact_id']}")["customer"]
    assert (customer["display_name"], customer["email"]) == ("Brightwater Cafés", "lena@brightwater.example")
    assert customer["billing_address"]["street"] and "address" not in customer["billing_address"]
    assert customer["outstanding"] == brightwater["outstanding_receivable_amount"]


def test_cards_are_masked_and_lose_the_zeros_in_front(billing, brightwater):
    path = f"/customers/{brightwater['contact_id']}/cards"
    cards = billing.get(path)["cards"]
    assert {card["last_four_digits"] for card in cards} == {42, 4242}
    detail = billing.get(f"{path}/{cards[0]['card_id']}")["card"]
    assert detail["expiry_year"] == cards[0]["expiry_year"] and "number" not in json.dumps(detail)


def test_bank_accounts_have_no_list_and_are_found_through_the_contact_in_books(billing, brightwater):
    path = f"/customers/{brightwater['contact_id']}/bankaccounts"
    assert billing.call("GET", path).json()["code"] == 5
    known = billing.visitor.get(f"/contacts/{brightwater['contact_id']}")["contact"]["bank_accounts"]
    answer = billing.get(f"{path}/{known[0]['account_id']}")["bank_accounts"]
    assert [(record["account_id"], record["last_four_digits"], record["status"]) for record in answer] == [
        (known[0]["account_id"], 771, "active")
    ]


def test_what_belongs_to_another_customer_is_not_found_under_this_one(billing, brightwater):
    other = billing.customer("Northgate Clinics")["contact_id"]
    card = billing.get(f"/customers/{other}/cards")["cards"][0]["card_id"]
    unknown = ("/customers/1", "/customers/1/cards", "/subscriptions/1", "/invoices/1", "/events/1")
    for path in (f"/customers/{brightwater['contact_id']}/cards/{card}", *unknown):
        answer = billing.call("GET", path)
        assert (answer.status_code, answer.json()["code"]) == (404, 1002)


def test_invoices_of_a_subscription_are_the_same_documents_as_in_books(billing, brightwater):
    row = of(billing, brightwater, "live")
    invoices = billing.get("/invoices", subscription_id=row["subscription_id"])["invoices"]
    assert len(invoices) == 4 and {invoice["customer_id"] for invoice in invoices} == {
        brightwater["contact_id"]
    }
    for invoice in invoices:
        books = billing.visitor.get(f"/invoices/{invoice['invoice_id']}")["invoice"]
        assert (invoice["number"], invoice["invoice_date"], invoice["balance"], invoice["updated_time"]) == (
            books["invoice_number"],
            books["date"],
            books["balance"],
            books["last_modified_time"],
        )
        assert not {"subscription_id", "subscriptions", "plan_code"} & set(books)
    newest = billing.get(f"/subscriptions/{row['subscription_id']}")["subscription"]["child_invoice_id"]
    assert newest in {invoice["invoice_id"] for invoice in invoices}


def test_the_lines_of_an_invoice_carry_the_codes_of_what_was_billed_and_prices_as_text(billing, brightwater):
    row = of(billing, brightwater, "live")
    first = billing.get("/invoices", subscription_id=row["subscription_id"])["invoices"][0]
    invoice = billing.get(f"/invoices/{first['invoice_id']}")["invoice"]
    assert [(item["code"], item["price"]) for item in invoice["invoice_items"]] == [
        ("care-monthly", "149.00"),
        ("extra-site", "35.00"),
    ]
    assert (
        invoice["payments"][0]["payment_mode"] == "autotransaction"
        and invoice["payments"][0]["gateway_transaction_id"]
    )
    assert invoice["status"] == "paid" and invoice["total"] == row["amount"]


def test_invoices_are_filtered_by_customer_and_status(billing, brightwater):
    mine = billing.get("/invoices", customer_id=brightwater["contact_id"])["invoices"]
    assert {record["customer_id"] for record in mine} == {brightwater["contact_id"]}
    for name, status in (("OverDue", "overdue"), ("PartiallyPaid", "partially_paid"), ("Void", "void")):
        assert {
            invoice["status"] for invoice in billing.get("/invoices", filter_by=f"Status.{name}")["invoices"]
        } == {status}
    unpaid = billing.get("/invoices", filter_by="Status.Unpaid")["invoices"]
    assert all(record["balance"] > 0 for record in unpaid) and {"sent", "overdue"} <= {
        record["status"] for record in unpaid
    }
    assert billing.get("/invoices", subscription_id="1")["invoices"] == []


def test_payments_by_card_tell_their_transaction_in_books_too(billing, brightwater):
    rows = billing.visitor.get("/customerpayments", customer_id=brightwater["contact_id"])["customerpayments"]
    online = [row for row in rows if row["gateway_transaction_id"]]
    assert (
        online
        and {record["payment_gateway"] for record in online} == {"stripe"}
        and online[0]["last_four_digits"] == "0042"
    )
    assert billing.visitor.get(f"/customerpayments/{online[0]['payment_id']}")["payment"][
        "online_transaction_id"
    ]


def test_events_are_told_newest_first_and_their_payload_is_text(billing):
    events = billing.get("/events")["events"]
    assert events and set(events[0]) == {"event_id", "event_type", "event_time"}
    assert [event["event_time"][:10] for event in events] == sorted(
        (event["event_time"][:10] for event in events), reverse=True
    )
    assert {
        "subscription_created",
        "subscription_renewed",
        "invoice_created",
        "payment_thankyou",
        "payment_declined",
    } <= {event["event_type"] for event in events}
    event = billing.get(f"/events/{events[0]['event_id']}")["event"]
    assert json.loads(event["payload"])["event_id"] == event["event_id"] and event["webhooks"] == []


def test_events_are_forgotten_after_180_days(billing):
    billing.visitor.settings(bank_debit_days=0)
    newest = billing.get("/events")["events"][0]["event_id"]
    billing.visitor.move_clock(181 * 24 * 3600)
    billing.visitor.access_token = billing.visitor.refresh().json()["access_token"]
    assert billing.call("GET", f"/events/{newest}").json()["code"] == 1002
