"""The home page: what needs the client, how much, who."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from cache.records.connections.connection import ConnectionState
from connectors.zoho.documents.credit_note import CreditNote
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import CUSTOMER, OTHER_CUSTOMER, a_payment, an_estimate, an_invoice, today
from tests.gateway.seeding import AS_OF, ORG, Seeding
from workers.copies.mirror_rows import mirror_row
from workers.services import Services

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
    assert [element.get_text() for element in page.select(".total-amount")] == ["¥5,000", "$100.30"]
    assert "2 unpaid invoices" in nora.text and "1 invoice is overdue" in nora.text
    assert [element.get_text() for element in page.select(".ageing-table .is-amount .money")] == [
        "¥0",
        "¥5,000",
    ]


def test_what_needs_the_client_stands_first(nora: Browser, seed: Seeding) -> None:
    seed.has(
        an_estimate("11", number="EST-OPEN"),
        an_estimate("12", number="EST-GONE", expires_on=today() - DAY),
        an_invoice("21", number="INV-LATE", due_on=today() - 3 * DAY),
        an_invoice("22", number="INV-SOON", due_on=today() + 2 * DAY),
        an_invoice("23", number="INV-LATER", due_on=today() + 60 * DAY),
    )
    page = nora.get("/")
    tasks = [element.get_text() for element in page.select(".task-title")]
    assert tasks == ["Estimate EST-OPEN", "Invoice INV-LATE", "Invoice INV-SOON"]
    heads = [element.get_text(" ", strip=True) for element in page.select(".need-head")]
    assert heads == [
        "1 estimate waits for your answer $1,250.50",
        "1 invoice is overdue $300.00",
        "2 invoices to pay $600.00",
    ]
    assert "3 days overdue" in nora.text and "due in 2 days" in nora.text


def test_nothing_to_do_is_good_news(nora: Browser, seed: Seeding) -> None:
    seed.has(an_invoice("6", balance=Decimal("0"), status="paid"))
    nora.get("/")
    assert "Nothing waits for you." in nora.text and "Nothing is outstanding." in nora.text
    assert "office@harbourlight.example" in nora.text and "Northwind Traders Inc." in nora.text


def test_a_lost_connection_is_a_calm_notice_and_reading_goes_on(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    seed.has(an_estimate())
    services.connections.mark(ORG, ConnectionState.RECONNECT_NEEDED)
    nora.get("/")
    assert "connection to Harbour Light Studio’s books is being renewed" in nora.text
    nora.get(f"/estimates/{an_estimate().id}")


def test_a_merchant_who_disconnected_has_closed_the_portal(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    seed.has(an_estimate())
    services.connections.mark(ORG, ConnectionState.DISCONNECTED)
    for address in (
        "/",
        "/estimates",
        f"/estimates/{an_estimate().id}",
        f"/estimates/{an_estimate().id}/pdf",
    ):
        nora.get(address, status=410)
        assert "This portal is closed" in nora.text


def test_the_merchants_banner_is_shown_as_plain_text(nora: Browser, seed: Seeding) -> None:
    seed.settings(banner="Closed <b>until</b> Monday")
    page = nora.get("/")
    assert "Closed <b>until</b> Monday" in nora.text and not page.find("b")


def test_who_has_nothing_at_all_is_welcomed(nora: Browser, otto: Browser, seed: Seeding) -> None:
    seed.has(
        an_invoice("6", balance=Decimal("0"), status="paid"),
        an_invoice("7", status="draft", customer_id=OTHER_CUSTOMER),
    )
    otto.get("/")
    assert "Welcome to your portal with Harbour Light Studio" in otto.text and "Needs you" not in otto.text
    assert "office@harbourlight.example" in otto.text
    nora.get("/")
    assert "Welcome to your portal" not in nora.text and "No payment so far." in nora.text


def test_before_the_first_sync_nothing_is_said_to_be_empty(nora: Browser, services: Services) -> None:
    services.mirror.mark_torn(ORG, "invoices")
    page = nora.get("/")
    assert "fetched for the first time" in nora.text and "Not known yet." in nora.text
    assert page.find("meta", attrs={"name": "poll-seconds"})
    assert "Nothing" not in nora.text and "Welcome to your portal" not in nora.text


def test_credit_says_of_which_documents_it_is_made_per_currency(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    seed.has(a_payment("51", unused_amount=Decimal("20.25")), a_payment("52", unused_amount=Decimal("0")))
    seed.has(a_payment("53", unused_amount=Decimal("1.50"), currency="EUR"))
    seed.has(a_payment("54", customer_id=OTHER_CUSTOMER, unused_amount=Decimal("9")))
    note = CreditNote(
        id="61",
        number="CN-61",
        status="open",
        customer_id=CUSTOMER,
        total=Decimal("50"),
        balance=Decimal("30"),
        currency="USD",
    )
    services.mirror.put_page(ORG, [mirror_row("credit_notes", note, AS_OF)])
    services.mirror.mark_torn(ORG, "credit_notes")
    nora.get("/")
    assert "$12.00" in nora.text and "Made of" not in nora.text
    services.mirror.mark_complete(ORG, "credit_notes")
    section = nora.get("/").find("section", attrs={"aria-labelledby": "credit"})
    assert [element.get_text() for element in section.select(".sum-amount")] == ["$50.25", "€1.50"]
    assert [element.get_text() for element in section.select("li .money")] == ["$30.00", "$20.25", "€1.50"]
    assert (
        section.find("a", href="/payments/51")
        and section.find("a", href="/credit-notes/61").get_text() == "Credit note CN-61"
    )


def test_the_last_payment_leads_to_it(nora: Browser, seed: Seeding) -> None:
    seed.has(
        a_payment("51", date=today() - 30 * DAY), a_payment("52", date=today() - DAY, amount=Decimal("8.75"))
    )
    section = nora.get("/").find("section", attrs={"aria-labelledby": "last-payment"})
    assert section.find("a", href="/payments/52").get_text() == "$8.75"


def test_what_the_merchant_hides_is_not_on_the_home_page_either(nora: Browser, seed: Seeding) -> None:
    seed.has(
        an_estimate("11", number="EST-OPEN"),
        an_invoice("21", number="INV-LATE", due_on=today() - DAY),
        a_payment("51"),
    )
    seed.settings(shows_estimates=False, shows_invoices=False, shows_payments=False)
    page = nora.get("/")
    assert "EST-OPEN" not in nora.text and "INV-LATE" not in nora.text
    assert not page.find(id="outstanding") and not page.find(id="last-payment")


def test_an_answer_on_its_way_is_not_asked_for_again(nora: Browser, seed: Seeding) -> None:
    seed.has(an_estimate("11", number="EST-OPEN"))
    nora.get("/estimates/11")
    nora.send("/estimates/11/accept")
    nora.get("/")
    assert (
        "Your answers on the way to Zoho" in nora.text
        and "Recorded here, about to be sent to Zoho" in nora.text
    )
    assert not nora.page.select(".need-sums .money")
