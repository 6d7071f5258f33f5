"""One invoice: what was paid and credited on it and when, its history, and what it says in each state."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.invoice_settlements import AppliedCredit, InvoicePayment
from gateway.reading.invoice_settlement import Settlement, _basis
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import CUSTOMER, OTHER_CUSTOMER, a_payment, an_invoice, today
from tests.gateway.seeding import AS_OF, ORG, Seeding
from workers.services import Services

DAY = dt.timedelta(days=1)


def settled(services: Services, invoice: Invoice, customer: str = CUSTOMER) -> None:
    """What Zoho said of its payments and credits, as it is kept."""
    kept = Settlement(
        customer_id=customer,
        payments=(
            InvoicePayment(
                id="71", number="12", date=today() - 3 * DAY, amount=Decimal("250.00"), mode="banktransfer"
            ),
        ),
        credits=(AppliedCredit(id="81", number="CN-9", date=today() - 2 * DAY, amount=Decimal("50.00")),),
    )
    services.documents.put(ORG, "settlements", invoice.id, _basis(invoice), kept.to_stored(), AS_OF)


def history(browser: Browser) -> list[str]:
    return [" ".join(element.get_text(" ").split()) for element in browser.page.select(".history li")]


@pytest.fixture
def paid(seed: Seeding) -> Invoice:
    invoice = an_invoice(
        "1",
        status="paid",
        balance=Decimal(0),
        payment_made=Decimal("250.00"),
        credits_applied=Decimal("50.00"),
        date=today() - 20 * DAY,
    )
    seed.has(invoice, a_payment("71", mode="Bank Transfer"))
    return invoice


def test_the_history_tells_what_settled_it_and_leads_there(
    nora: Browser, services: Services, paid: Invoice
) -> None:
    settled(services, paid)
    page = nora.get("/invoices/1")
    lines = history(nora)
    assert [" ".join(line.split()[3:]) for line in lines] == [
        "Issued $300.00",
        "Paid by Bank Transfer $250.00",
        "Credit note CN-9 used $50.00",
    ]
    assert [str(element["href"]) for element in page.select(".history a")] == [
        "/payments/71",
        "/credit-notes/81",
    ]


def test_what_is_not_known_is_said_and_not_made_up(nora: Browser, paid: Invoice) -> None:
    nora.get("/invoices/1")
    assert "Zoho cannot be asked just now what was paid and credited" in nora.text
    assert len(history(nora)) == 1


def test_what_is_kept_for_another_customer_is_not_shown(
    nora: Browser, services: Services, paid: Invoice
) -> None:
    settled(services, paid, OTHER_CUSTOMER)
    nora.get("/invoices/1")
    assert "CN-9" not in nora.text


def test_a_payment_on_it_after_it_was_looked_at_is_asked_for_anew(
    nora: Browser, seed: Seeding, services: Services, paid: Invoice
) -> None:
    first = an_invoice("2", status="partially_paid", balance=Decimal("50.00"), payment_made=Decimal("250.00"))
    settled(services, first)
    seed.has(an_invoice("2", status="paid", balance=Decimal(0), payment_made=Decimal("300.00")))
    nora.get("/invoices/2")
    assert "Zoho cannot be asked just now what was paid" in nora.text


def test_what_was_asked_about_it_stands_among_the_rest(nora: Browser, seed: Seeding) -> None:
    seed.has(an_invoice("3"))
    nora.get("/invoices/3/paid-already")
    nora.send(
        "/invoices/3/paid-already", {"amount": "300", "date": str(today()), "mode": "cash", "reference": ""}
    )
    nora.get("/invoices/3")
    assert len(history(nora)) == 2 and nora.page.select_one(".history a[href^='/requests/R-']")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"status": "void", "balance": Decimal(0)}, "has withdrawn this invoice; nothing is owed on it"),
        ({"in_process": True}, "A payment for this invoice is on its way"),
        ({"status": "overdue", "due_on": today() - DAY}, "1 day overdue"),
        ({"status": "paid", "balance": Decimal(0), "write_off": Decimal("300.00")}, "Written off"),
    ],
)
def test_each_state_is_said_in_words(
    nora: Browser, seed: Seeding, changes: dict[str, object], expected: str
) -> None:
    seed.has(an_invoice("4", **changes))
    nora.get("/invoices/4")
    assert expected in nora.text


def test_without_payments_in_the_portal_the_history_leads_nowhere(
    nora: Browser, seed: Seeding, services: Services, paid: Invoice
) -> None:
    settled(services, paid)
    seed.settings(shows_payments=False)
    page = nora.get("/invoices/1")
    assert len(history(nora)) == 3 and not page.select(".history a")
