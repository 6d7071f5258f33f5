"""The home page: what needs the client, how much, who."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from cache.records.connection import ConnectionState
from gateway.wiring import Wiring
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import an_estimate, an_invoice, today
from tests.gateway.seeding import ORG, Seeding

DAY = dt.timedelta(days=1)


def test_outstanding_is_the_sum_of_the_unpaid_invoices_per_currency(nora: Browser, seed: Seeding) -> None:
    seed.has(
        an_invoice("1", balance=Decimal("100.10"), total=Decimal("100.10")),
        an_invoice("2", balance=Decimal("0.20"), status="partially_paid"),
        an_invoice("3", balance=Decimal("5000"), total=Decimal("5000"), currency="JPY", due_on=today() - DAY),
        an_invoice("4", balance=Decimal("999"), status="draft"),
        an_invoice("5", balance=Decimal("999"), status="void"),
        an_invoice("6", balance=Decimal("0"), status="paid"),
    )
    page = nora.get("/")
    assert [one.get_text() for one in page.select(".total-amount")] == ["¥5,000", "$100.30"]
    assert "2 unpaid invoices" in nora.text and "of it ¥5,000 overdue" in nora.text


def test_what_needs_the_client_stands_first(nora: Browser, seed: Seeding) -> None:
    seed.has(
        an_estimate("11", number="EST-OPEN"),
        an_estimate("12", number="EST-GONE", expires_on=today() - DAY),
        an_invoice("21", number="INV-LATE", due_on=today() - 3 * DAY),
        an_invoice("22", number="INV-SOON", due_on=today() + 2 * DAY),
        an_invoice("23", number="INV-LATER", due_on=today() + 60 * DAY),
    )
    page = nora.get("/")
    tasks = [one.get_text() for one in page.select(".task-title")]
    assert tasks == ["Estimate EST-OPEN waits for your answer", "Invoice INV-LATE", "Invoice INV-SOON"]
    assert "3 days overdue" in nora.text and "due in 2 days" in nora.text


def test_nothing_to_do_is_good_news(nora: Browser) -> None:
    nora.get("/")
    assert "Nothing waits for you." in nora.text and "Nothing is outstanding." in nora.text
    assert "office@harbourlight.example" in nora.text and "Northwind Traders Inc." in nora.text


def test_a_lost_connection_is_a_calm_notice_and_reading_goes_on(nora: Browser, seed: Seeding, wiring: Wiring) -> None:
    seed.has(an_estimate())
    wiring.connections.mark(ORG, ConnectionState.RECONNECT_NEEDED)
    nora.get("/")
    assert "connection to Harbour Light Studio’s books is being renewed" in nora.text
    nora.get(f"/estimates/{an_estimate().id}")


def test_a_merchant_who_disconnected_has_closed_the_portal(nora: Browser, seed: Seeding, wiring: Wiring) -> None:
    seed.has(an_estimate())
    wiring.connections.mark(ORG, ConnectionState.DISCONNECTED)
    for address in ("/", "/estimates", f"/estimates/{an_estimate().id}", f"/estimates/{an_estimate().id}/pdf"):
        nora.get(address, status=410)
        assert "This portal is closed" in nora.text


def test_the_merchants_banner_is_shown_as_plain_text(nora: Browser, seed: Seeding) -> None:
    seed.settings(banner="Closed <b>until</b> Monday")
    page = nora.get("/")
    assert "Closed <b>until</b> Monday" in nora.text and not page.find("b")
