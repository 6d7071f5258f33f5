"""Invoices by subscription, the feed of events, and the organisations of Billing over the wire."""

from __future__ import annotations

import pytest

from cache.stores import Stores
from connectors.zoho.api.errors import ZohoUnreadable
from connectors.zoho.api.operation import NotAZohoId
from connectors.zoho.api.product import BILLING
from connectors.zoho.billing.client import BillingClient
from connectors.zoho.billing.organizations import BillingOrganizations
from tests.connectors.zoho.billing.conftest import CannedBilling
from tests.connectors.zoho.canned import an_api_client

LAST_PAGE = {"page": 1, "per_page": 200, "has_more_page": False}
ROW = {
    "invoice_id": "7",
    "status": "sent",
    "customer_id": "5",
    "number": "INV-7",
    "invoice_date": "2026-11-02",
    "total": 59,
    "balance": 59,
}


def test_facts_8_the_invoices_of_a_subscription_are_asked_for_by_its_id(
    billing: BillingClient, zoho: CannedBilling
) -> None:
    zoho.says("/invoices", invoices=[ROW], page_context=LAST_PAGE)
    page = billing.invoices.of_subscription("9")
    assert zoho.asked() == {"page": ["1"], "per_page": ["200"], "subscription_id": ["9"]}
    assert [(row.id, row.number, row.customer_id) for row in page.rows] == [("7", "INV-7", "5")]


@pytest.mark.parametrize("wrong", ["", "all", "9&customer_id=1"])
def test_facts_2_5_a_filter_that_zoho_would_ignore_is_never_sent(
    billing: BillingClient, zoho: CannedBilling, wrong: str
) -> None:
    with pytest.raises(NotAZohoId):
        billing.invoices.of_subscription(wrong)
    assert zoho.calls == 0


def test_facts_8_the_plan_of_an_invoice_is_the_code_of_its_lines(
    billing: BillingClient, zoho: CannedBilling
) -> None:
    zoho.says(
        "/invoices/7",
        invoice=ROW | {"invoice_items": [{"code": "care", "price": "59.00"}, {"code": "extra-visit"}]},
    )
    assert [line.code for line in billing.invoices.get("7").value.lines] == ["care", "extra-visit"]


def test_facts_4_12_events_come_page_by_page_and_their_payload_stays_outside(
    billing: BillingClient, zoho: CannedBilling
) -> None:
    events = [
        {"event_id": "2", "event_type": "payment_thankyou", "event_time": "2026-11-02T10:00:00+0000"},
        {"event_type": "x"},
    ]
    zoho.says("/events", events=events)
    page = billing.events.list_page()
    assert [(event.id, event.event_type) for event in page.rows] == [("2", "payment_thankyou")]
    assert [(item.org, item.kind, item.field) for item in page.unreadable] == [("eu-77", "event", "event_id")]
    assert not page.has_more


def test_a_full_page_of_events_that_does_not_say_whether_it_was_the_last_is_unreadable(
    billing: BillingClient, zoho: CannedBilling
) -> None:
    zoho.says("/events", events=[{"event_id": "1"}, {"event_id": "2"}])
    with pytest.raises(ZohoUnreadable, match="has_more_page"):
        billing.events.list_page(per_page=2)


def test_facts_8_billings_organisations_are_listed_and_an_unreadable_one_hides_no_other(
    stores: Stores, zoho: CannedBilling
) -> None:
    zoho.says(
        "/organizations", organizations=[{"organization_id": "77", "name": "Studio"}, {"name": "no id"}]
    )
    found = BillingOrganizations(an_api_client(stores, BILLING)).list()
    assert [(item.id, item.name) for item in found.value] == [("77", "Studio")]


@pytest.mark.parametrize("organizations", [None, "", "none"])
def test_no_list_at_all_is_unreadable_and_not_no_organisation(
    stores: Stores, zoho: CannedBilling, organizations: object
) -> None:
    zoho.says("/organizations", organizations=organizations)
    with pytest.raises(ZohoUnreadable):
        BillingOrganizations(an_api_client(stores, BILLING)).list()
