"""Subscriptions and plans over the wire."""

from __future__ import annotations

from typing import Any

import pytest
import structlog

from connectors.zoho.api.errors import ZohoUnreadable
from connectors.zoho.api.operation import NotAZohoId
from connectors.zoho.billing.client import BillingClient
from tests.connectors.zoho.billing.conftest import CannedBilling

LAST_PAGE = {"page": 1, "per_page": 200, "has_more_page": False}


def a_row(number: int, customer: str = "5", **fields: Any) -> dict[str, Any]:
    return {"subscription_id": str(number), "status": "live", "customer_id": customer} | fields


def test_facts_2_1_billing_hears_its_organisation_in_the_header_only(
    billing: BillingClient, zoho: CannedBilling
) -> None:
    zoho.says("/subscriptions", subscriptions=[], page_context=LAST_PAGE)
    billing.subscriptions.list_page()
    assert zoho.headers()["X-com-zoho-subscriptions-organizationid"] == "77"
    assert zoho.asked() == {"page": ["1"], "per_page": ["200"]}


def test_facts_2_5_rows_of_other_customers_are_dropped_and_an_alarm_is_logged(
    billing: BillingClient, zoho: CannedBilling
) -> None:
    """customer_id is named in the words of Billing's file only: Zoho may well ignore it."""
    zoho.says("/subscriptions", subscriptions=[a_row(1), a_row(2, "6")], page_context=LAST_PAGE)
    with structlog.testing.capture_logs() as lines:
        assert [row.id for row in billing.subscriptions.list_page(customer_id="5").rows] == ["1"]
    assert zoho.asked()["customer_id"] == ["5"]
    assert [line["dropped"] for line in lines if line["event"] == "zoho_list_held_other_customers"] == [1]


def test_an_unreadable_subscription_is_reported_by_organisation_id_and_field_and_hides_no_other(
    billing: BillingClient, zoho: CannedBilling
) -> None:
    zoho.says("/subscriptions", subscriptions=[a_row(1), a_row(2, amount="many"), a_row(3)])
    page = billing.subscriptions.list_page()
    assert [row.id for row in page.rows] == ["1", "3"]
    assert [(item.org, item.kind, item.id, item.field) for item in page.unreadable] == [
        ("eu-77", "subscription", "2", "amount")
    ]


def test_an_answer_without_the_list_is_unreadable_and_not_an_empty_list(
    billing: BillingClient, zoho: CannedBilling
) -> None:
    zoho.says("/subscriptions")
    with pytest.raises(ZohoUnreadable):
        billing.subscriptions.list_page()


def test_facts_4_8_one_subscription_is_read_with_plan_and_card(
    billing: BillingClient, zoho: CannedBilling
) -> None:
    detail = {
        "subscription_id": "9",
        "status": "live",
        "customer": {"customer_id": "5"},
        "plan": {"plan_code": "care"},
        "card": {"card_id": "3", "last_four_digits": 1111},
    }
    zoho.says("/subscriptions/9", subscription=detail)
    one = billing.subscriptions.get("9").value
    assert (one.customer_id, one.plan.code) == ("5", "care")
    assert one.card is not None
    assert one.card.last_four == "1111"


def test_another_subscription_than_the_one_asked_for_is_refused(
    billing: BillingClient, zoho: CannedBilling
) -> None:
    zoho.says("/subscriptions/9", subscription=a_row(8))
    with pytest.raises(ZohoUnreadable, match="another document"):
        billing.subscriptions.get("9")


def test_facts_9_18_an_empty_id_opens_no_connection(billing: BillingClient, zoho: CannedBilling) -> None:
    with pytest.raises(NotAZohoId):
        billing.subscriptions.get("")
    assert zoho.calls == 0


def test_facts_4_8_plans_are_read_active_or_not(billing: BillingClient, zoho: CannedBilling) -> None:
    zoho.says(
        "/plans",
        plans=[{"plan_code": "care", "status": "inactive"}, {"name": "without code"}],
        page_context=LAST_PAGE,
    )
    page = billing.subscriptions.plans()
    assert [(plan.code, plan.status) for plan in page.rows] == [("care", "inactive")]
    assert [(item.kind, item.field) for item in page.unreadable] == [("plan", "plan_code")]
    assert "filter_by" not in zoho.asked()
