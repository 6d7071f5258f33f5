"""Subscriptions: from Billing, from recurring invoices, or no section at all; and from one to its invoices in
one click.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from cache.records.connections.connection import BillingUse
from cache.scope import CustomerScope
from connectors.zoho.api.scopes import BILLING_SCOPES, BOOKS_SCOPES
from connectors.zoho.documents.payment_method import Card
from connectors.zoho.documents.recurring_invoice import RecurringInvoice
from connectors.zoho.documents.subscription import PlanLine, Subscription
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import CUSTOMER, MODIFIED, OTHER_CUSTOMER, an_invoice
from tests.gateway.seeding import ORG, Seeding
from workers.copies.mirror_rows import mirror_row
from workers.services import Services


def a_subscription(number: str, **more: Any) -> Subscription:
    usual: dict[str, Any] = {
        "id": number,
        "plan_name": "Mooring",
        "status": "live",
        "amount": Decimal("129.00"),
        "currency": "USD",
        "customer_id": CUSTOMER,
        "interval": 1,
        "interval_unit": "months",
        "created_on": dt.date(2025, 3, 1),
        "next_billing_on": dt.date(2026, 12, 1),
        "modified_at": MODIFIED,
    }
    return Subscription(**usual | more)


def a_profile(number: str, **more: Any) -> RecurringInvoice:
    usual: dict[str, Any] = {
        "id": number,
        "name": "Monthly cleaning",
        "status": "active",
        "customer_id": CUSTOMER,
        "currency": "USD",
    }
    return RecurringInvoice(**usual | more)


class Merchant:
    """Puts subscriptions where the sync would."""

    def __init__(self, services: Services, seed: Seeding) -> None:
        self.services = services

    def uses_billing(self) -> None:
        scopes = tuple(scope for item in BILLING_SCOPES.values() for scope in item)
        connection = self.services.connections.get(ORG)
        assert connection is not None
        changed = {
            "scopes": (*BOOKS_SCOPES, *scopes),
            "billing": BillingUse.FOUND,
            "billing_organization_id": "700",
        }
        self.services.connections.save(
            type(connection)(**{**vars(connection), **changed}), refresh_token=None
        )

    def has(self, kind: str, *documents: Subscription | RecurringInvoice) -> None:
        self.services.mirror.put_page(ORG, [mirror_row(kind, document, MODIFIED) for document in documents])
        for document in documents:
            self.services.documents.put(
                ORG, kind, document.id, document.version, document.to_stored(), MODIFIED
            )
        self.services.mirror.mark_complete(ORG, kind)


@pytest.fixture
def merchant(services: Services, seed: Seeding) -> Merchant:
    return Merchant(services, seed)


def menu(browser: Browser) -> list[str]:
    return [element.get_text(strip=True) for element in browser.page.select("nav.menu a")]


def test_a_merchant_with_neither_has_no_such_section(nora: Browser, merchant: Merchant) -> None:
    nora.get("/")
    assert "Subscriptions" not in menu(nora)
    nora.get("/subscriptions", status=404)
    nora.get("/subscriptions/123", status=404)


def test_subscriptions_of_billing_are_listed_with_plan_creation_status_and_amount(
    nora: Browser, merchant: Merchant
) -> None:
    merchant.uses_billing()
    merchant.has(
        "subscriptions",
        a_subscription("11"),
        a_subscription("12", plan_name="Winter storage", status="cancelled"),
    )
    nora.get("/subscriptions")
    assert "Subscriptions" in menu(nora)
    for words in ("Mooring", "1 Mar 2025", "Running", "$129.00", "Winter storage", "Cancelled"):
        assert words in nora.text
    nora.get("/subscriptions?type=running")
    assert "Winter storage" not in nora.text and "Mooring" in nora.text


def test_one_subscription_shows_its_parts_card_and_the_way_to_its_invoices(
    nora: Browser, merchant: Merchant
) -> None:
    merchant.uses_billing()
    addon = PlanLine(code="wifi", name="Pier Wi-Fi", quantity=Decimal(2), price=Decimal(5), total=Decimal(10))
    card = Card(id="9", last_four="0042", expiry_month=3, expiry_year=2027)
    merchant.has("subscriptions", a_subscription("11", addons=(addon,), card=card, is_automatic=True))
    nora.get("/subscriptions/11")
    for words in (
        "Mooring",
        "Pier Wi-Fi",
        "ending 0042",
        "every month",
        "03/2027",
        "charges the stored card",
    ):
        assert words in nora.text
    assert nora.page.select_one('a[href="/invoices?plan=Mooring"]')


def test_a_subscription_lists_its_newest_invoices_and_what_was_asked_for_it(
    nora: Browser, merchant: Merchant, services: Services, seed: Seeding
) -> None:
    merchant.uses_billing()
    merchant.has("subscriptions", a_subscription("11", card=Card(id="9", last_four="0042")))
    nora.get("/subscriptions/11")
    assert "None known so far." in nora.text and "What was asked for it here" not in nora.text
    first = dt.date(2026, 1, 1)
    seed.has(
        *(
            an_invoice(str(month), number=f"INV-{month}", date=first + dt.timedelta(days=30 * month))
            for month in range(1, 8)
        )
    )
    seed.has(an_invoice("99", number="INV-ELSE"), an_invoice("8", number="INV-DRAFT", status="draft"))
    services.invoice_plans.note(
        CustomerScope(ORG, CUSTOMER), "11", "Mooring", [str(month) for month in range(1, 9)], state="a"
    )
    section = nora.get("/subscriptions/11").find("section", attrs={"aria-labelledby": "its-invoices"})
    assert [element.find("a").get_text() for element in section.select("li")] == [
        "INV-7",
        "INV-6",
        "INV-5",
        "INV-4",
        "INV-3",
    ]
    seed.settings(shows_invoices=False)
    nora.get("/subscriptions/11")
    assert "INV-7" not in nora.text and not nora.page.select("a[href^='/invoices']")


def test_recurring_invoices_stand_in_where_there_is_no_billing(nora: Browser, merchant: Merchant) -> None:
    merchant.has(
        "recurring_invoices", a_profile("21", starts_on=dt.date(2026, 1, 5), next_on=dt.date(2026, 12, 5))
    )
    nora.get("/subscriptions")
    assert "Monthly cleaning" in nora.text and "5 Jan 2026" in nora.text
    nora.get("/subscriptions/21")
    assert nora.page.select_one('a[href="/invoices?plan=Monthly+cleaning"]')


def test_a_recurring_invoice_shows_what_it_last_came_to(
    nora: Browser, merchant: Merchant, services: Services, seed: Seeding
) -> None:
    """Zoho's list of them names no amount (zoho.md 4.7)."""
    merchant.has("recurring_invoices", a_profile("21"), a_profile("22", name="Winter storage"))
    day = dt.date(2026, 9, 1)
    older = an_invoice("1", number="INV-OLD", total=Decimal("75.00"), date=day)
    newer = an_invoice("2", number="INV-NEW", total=Decimal("80.00"), date=day + dt.timedelta(days=30))
    seed.has(
        older,
        newer,
        an_invoice("3", number="INV-ELSE", total=Decimal("999.00"), date=day + dt.timedelta(days=31)),
    )
    services.invoice_plans.note(CustomerScope(ORG, CUSTOMER), "21", "Monthly cleaning", ["1", "2"], state="a")
    nora.get("/subscriptions")
    assert "$80.00" in nora.text and "$75.00" not in nora.text and "$999.00" not in nora.text
    nora.get("/subscriptions/21")
    assert "$80.00" in nora.text and nora.page.select_one('a[href="/invoices/2"]').text == "INV-NEW"
    assert [element.find("a").get_text() for element in nora.page.select(".document-more li")] == [
        "INV-NEW",
        "INV-OLD",
    ]
    nora.get("/subscriptions/22")
    assert "last billed" not in nora.text


@pytest.mark.parametrize("kind", ["subscriptions", "recurring_invoices"])
def test_another_customers_subscription_is_absent(nora: Browser, merchant: Merchant, kind: str) -> None:
    if kind == "subscriptions":
        merchant.uses_billing()
        merchant.has(kind, a_subscription("11", customer_id=OTHER_CUSTOMER, plan_name="SECRET"))
    else:
        merchant.has(kind, a_profile("11", customer_id=OTHER_CUSTOMER, name="SECRET"))
    nora.get("/subscriptions")
    assert "SECRET" not in nora.text
    nora.get("/subscriptions/11", status=404)


def test_invoices_can_be_narrowed_to_a_plan(nora: Browser, services: Services, seed: Seeding) -> None:
    seed.has(an_invoice("1", number="MINE"), an_invoice("2", number="OTHER"), an_invoice("3", number="NONE"))
    nora.get("/invoices")
    assert nora.page.find("select", id="plan") is None, "no plan, no drop-down"
    scope = CustomerScope(ORG, CUSTOMER)
    services.invoice_plans.note(scope, "77", "Mooring", ["1"], state="a")
    services.invoice_plans.note(scope, "78", "Winter storage", ["2"], state="a")
    nora.get("/invoices?plan=Mooring")
    assert "MINE" in nora.text and "OTHER" not in nora.text and "NONE" not in nora.text
    assert [element.get_text() for element in nora.page.select("#plan option")] == [
        "All",
        "Mooring",
        "Winter storage",
    ]
    nora.get("/invoices?plan=Mooring&q=other")
    assert "Nothing matches" in nora.text


def test_a_plan_nothing_is_known_of_yet_is_not_shown_as_an_empty_list(nora: Browser, seed: Seeding) -> None:
    seed.has(an_invoice("1", number="MINE"))
    nora.get("/invoices?plan=Mooring")
    assert "being fetched" in nora.text


def test_a_plan_without_invoices_stays_chosen_and_shows_none(
    nora: Browser, services: Services, seed: Seeding
) -> None:
    seed.has(an_invoice("1", number="MINE"))
    services.invoice_plans.note(CustomerScope(ORG, CUSTOMER), "77", "Mooring", [], state="a")
    nora.get("/invoices?plan=Mooring")
    assert "Nothing matches" in nora.text and "MINE" not in nora.text
    assert nora.page.select_one("#plan option[selected]").get_text() == "Mooring"
