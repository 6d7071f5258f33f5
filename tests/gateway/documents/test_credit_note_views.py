"""Credit notes and payments made: lists and details, walls, PDFs, refunds, and what is said when something is
not known.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from connectors.zoho.documents.payment import AppliedAmount
from connectors.zoho.documents.refund import PaymentRefund
from gateway.documents.statement.refunds import RefundRecord, _basis
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import CUSTOMER, OTHER_CUSTOMER, a_credit_note, a_payment, an_invoice
from tests.gateway.seeding import AS_OF, ORG, Seeding
from workers.services import Services

INVOICE = "46000000004001"


def titles(browser: Browser) -> list[str]:
    return [row.get_text() for row in browser.page.select("th.row-title a")]


@pytest.fixture
def notes(seed: Seeding) -> None:
    seed.has(
        a_credit_note(
            "1",
            number="OPEN",
            balance=Decimal("15.00"),
            applied=(AppliedAmount(INVOICE, "INV-004001", Decimal("25.00")),),
        ),
        a_credit_note("2", number="CLOSED", status="closed", balance=Decimal(0)),
        a_credit_note("3", number="VOID", status="void", balance=Decimal(0)),
        a_credit_note("4", number="DRAFT", status="draft"),
        a_credit_note("5", number="OTTOS", customer_id=OTHER_CUSTOMER),
        an_invoice(),
    )


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("all", {"OPEN", "CLOSED", "VOID"}), ("open", {"OPEN"}), ("closed", {"CLOSED"}), ("void", {"VOID"})],
)
def test_the_list_shows_what_was_issued_to_this_customer(
    nora: Browser, notes: None, kind: str, expected: set[str]
) -> None:
    nora.get(f"/credit-notes?type={kind}")
    assert set(titles(nora)) == expected


def test_one_tells_what_is_left_and_where_it_was_used(nora: Browser, notes: None) -> None:
    page = nora.get("/credit-notes/1")
    assert "$15.00" in nora.text and "left of $40.00" in nora.text and "Torn sail" in nora.text
    assert page.select_one("table a[href='/invoices/46000000004001']")
    assert "Zoho cannot be asked just now whether something was refunded." in nora.text


@pytest.mark.parametrize("hidden", ["4", "5", "999"])
def test_drafts_and_other_customers_notes_do_not_exist(nora: Browser, notes: None, hidden: str) -> None:
    nora.get(f"/credit-notes/{hidden}", status=404)
    nora.get(f"/credit-notes/{hidden}/pdf", status=404)


def test_pdfs_come_under_a_name_of_ours(
    nora: Browser, seed: Seeding, services: Services, notes: None
) -> None:
    note, payment = a_credit_note("1", number="OPEN"), a_payment("7", number="12")
    seed.has(payment)
    for kind, document in (("credit_notes", note), ("payments", payment)):
        services.pdfs.put(ORG, kind, document.id, document.version, b"%PDF-1.7")
    nora.get("/credit-notes/1/pdf")
    assert nora.answer.headers["Content-Disposition"] == "attachment; filename=Credit-note-OPEN.pdf"
    nora.get("/payments/7/pdf")
    assert nora.answer.headers["Content-Disposition"] == "attachment; filename=Payment-12.pdf"


def test_an_empty_and_a_cold_list_say_which_they_are(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    nora.get("/credit-notes")
    assert "No credit notes yet" in nora.text
    nora.get("/credit-notes?type=open")
    assert "Nothing matches" in nora.text
    services.mirror.forget(ORG, "credit_notes")
    page = nora.get("/credit-notes")
    assert "being fetched for the first time" in nora.text and page.find(
        "meta", attrs={"name": "poll-seconds"}
    )


def test_an_old_list_says_until_when_it_is_known(nora: Browser, notes: None, services: Services) -> None:
    services.sync_states.update(
        ORG, "credit_notes", last_success=dt.datetime.now(dt.UTC) - dt.timedelta(hours=3)
    )
    nora.get("/credit-notes")
    assert "Last known state from" in nora.text
    nora.get("/statement")
    assert nora.page.select_one("[data-as-of]").get_text().startswith("Zoho cannot be asked just now")


def test_a_payment_tells_what_it_was_used_for_what_is_left_and_what_came_back(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    payment = a_payment(
        "7",
        amount=Decimal("100.00"),
        unused_amount=Decimal("4.75"),
        refunded=Decimal("20.00"),
        is_refunded=True,
    )
    seed.has(payment, an_invoice())
    back = PaymentRefund(id="1", of_id="7", date=payment.date, amount=Decimal("20.00"), reference="BACK-1")
    record = RefundRecord(customer_id=CUSTOMER, of_payments=(back,))
    services.documents.put(ORG, "refunds", CUSTOMER, _basis([], [payment]), record.to_stored(), AS_OF)
    page = nora.get("/payments/7")
    assert page.select_one("table a[href='/invoices/46000000004001']")
    assert "Kept as credit $4.75" in nora.text and "Refunded $20.00" in nora.text and "BACK-1" in nora.text


def test_payments_are_narrowed_by_currency_and_words(nora: Browser, seed: Seeding) -> None:
    seed.has(
        a_payment("1", number="P1"),
        a_payment("2", number="P2", currency="EUR", mode="Cheque"),
        a_payment("3", number="P3", currency="EUR"),
    )
    nora.get("/payments?currency=EUR&q=cheque")
    assert titles(nora) == ["P2"]
