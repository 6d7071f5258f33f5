"""Credits, merchants' files and pages to pay on: what can be done about an invoice besides reading it
(zoho.md 4.5).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import requests

from cache.records.connections.call_budget import CallClass
from connectors.zoho.api.errors import ZohoNotFound, ZohoRefused, ZohoScopeMissing, ZohoUnavailable
from connectors.zoho.api.operation import NotAZohoId
from connectors.zoho.api.scopes import scopes_to_request
from connectors.zoho.books.client import BooksClient
from connectors.zoho.clients import ZohoClients
from connectors.zoho.documents.invoice import Invoice
from tests.servers.sandbox_server import SandboxServer

ORGANISATION = "600123101"


@pytest.fixture
def books(zoho: ZohoClients, connect: Callable[..., str]) -> BooksClient:
    return zoho.books(connect(), CallClass.ORDER)


@pytest.fixture
def truth(sandbox: SandboxServer) -> Callable[[str], dict[str, Any]]:
    """truth("invoices"): the sandbox's own records of a kind, by id."""

    def ask(kind: str) -> dict[str, Any]:
        found: dict[str, Any] = sandbox.state(organization_id=ORGANISATION, kind=kind)[ORGANISATION][kind]
        return found

    return ask


@pytest.fixture
def owed(books: BooksClient) -> Callable[[str], Invoice]:
    """owed(customer): an unpaid invoice of that customer."""

    def find(customer_id: str) -> Invoice:
        return next(
            row for row in books.invoices.list_page(customer_id=customer_id).rows if row.can_be_paid()
        )

    return find


@pytest.fixture
def spare(truth: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """A payment of Brightwater's that covers more than its invoices."""
    found: dict[str, Any] = next(
        record
        for record in truth("payments").values()
        if record["unused_amount"] and record["customer_name"] == "Brightwater Cafés"
    )
    return found


@pytest.fixture
def attached(truth: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """An invoice with files of the merchant's."""
    found: dict[str, Any] = next(record for record in truth("invoices").values() if record["documents"])
    return found


def test_facts_5_3_unused_credit_is_applied_to_an_invoice(
    books: BooksClient,
    truth: Callable[[str], dict[str, Any]],
    owed: Callable[[str], Invoice],
    spare: dict[str, Any],
) -> None:
    invoice, part = owed(spare["customer_id"]), Decimal("7.25")
    books.invoice_actions.apply_credits(invoice.id, payments={spare["payment_id"]: part})
    assert books.invoices.get(invoice.id).value.balance == invoice.balance - part
    assert truth("payments")[spare["payment_id"]]["unused_amount"] == pytest.approx(
        spare["unused_amount"] - 7.25
    )


def test_facts_9_20_a_credit_note_pays_without_a_payment(
    books: BooksClient, truth: Callable[[str], dict[str, Any]]
) -> None:
    invoices = {
        record["customer_id"]: record
        for record in truth("invoices").values()
        if record["status"] == "sent" and record["balance"] > 1
    }
    note = next(
        record
        for record in truth("credit_notes").values()
        if record["status"] == "open" and record["customer_id"] in invoices
    )
    invoice_id = invoices[note["customer_id"]]["invoice_id"]
    before = len(books.invoices.payments(invoice_id).value)
    books.invoice_actions.apply_credits(invoice_id, credit_notes={note["creditnote_id"]: Decimal("0.5")})
    applied = books.invoices.credits_applied(invoice_id).value
    assert Decimal("0.5") in [item.amount for item in applied]
    assert len(books.invoices.payments(invoice_id).value) == before


def test_no_credit_more_than_there_is_and_none_of_another_customer(
    books: BooksClient, owed: Callable[[str], Invoice], spare: dict[str, Any]
) -> None:
    invoice = owed(spare["customer_id"])
    for payments in ({spare["payment_id"]: Decimal(str(spare["unused_amount"])) + 1}, {"1": Decimal(1)}):
        with pytest.raises(ZohoRefused):
            books.invoice_actions.apply_credits(invoice.id, payments=payments)
    with pytest.raises(ValueError, match="no credit"):
        books.invoice_actions.apply_credits(invoice.id)
    assert books.invoices.get(invoice.id).value.balance == invoice.balance


def test_applying_whose_answer_is_lost_is_an_unknown_outcome_and_is_not_repeated(
    books: BooksClient, sandbox: SandboxServer, owed: Callable[[str], Invoice], spare: dict[str, Any]
) -> None:
    invoice = owed(spare["customer_id"])
    sandbox.fault("cut_after", method="POST", path="/books/v3/invoices/*/credits")
    with pytest.raises(ZohoUnavailable) as lost:
        books.invoice_actions.apply_credits(invoice.id, payments={spare["payment_id"]: Decimal(1)})
    assert lost.value.outcome_unknown
    assert len([call for call in sandbox.calls() if call["path"].endswith("/credits")]) == 1
    assert books.invoices.get(invoice.id).value.balance == invoice.balance - 1


def test_facts_4_5_a_merchants_file_comes_with_its_kind(books: BooksClient, attached: dict[str, Any]) -> None:
    files = [
        books.invoice_actions.document(attached["invoice_id"], document["document_id"])
        for document in attached["documents"]
    ]
    assert [(file.kind, file.content[:4]) for file in files] == [
        ("application/pdf", b"%PDF"),
        ("image/png", b"\x89PNG"),
    ]
    assert "PDF" not in repr(files[0])


def test_a_file_that_is_not_there_or_comes_as_something_else_is_no_file(
    books: BooksClient, sandbox: SandboxServer, attached: dict[str, Any]
) -> None:
    invoice_id, document_id = attached["invoice_id"], attached["documents"][0]["document_id"]
    with pytest.raises(ZohoNotFound):
        books.invoice_actions.document(invoice_id, "12345")
    with pytest.raises(NotAZohoId):
        books.invoice_actions.document(invoice_id, "")
    sandbox.fault("html", path="/books/v3/invoices/*/documents/*", status=200)
    with pytest.raises(ZohoUnavailable):
        books.invoice_actions.document(invoice_id, document_id)


def test_facts_7_1_a_payment_link_leads_to_a_page_where_the_invoice_can_be_paid(
    zoho: ZohoClients, connect: Callable[..., str], attached: dict[str, Any]
) -> None:
    books = zoho.books(connect(scopes=scopes_to_request(makes_payment_links=True)), CallClass.PERSON)
    link = books.invoice_actions.payment_link(
        attached["invoice_id"], ends_on=dt.datetime.now(dt.UTC).date() + dt.timedelta(days=2)
    )
    assert attached["invoice_number"] in requests.get(link.value, timeout=10).text
    requests.post(link.value, timeout=10).raise_for_status()
    assert books.invoices.get(attached["invoice_id"]).value.balance == 0
    with pytest.raises(ZohoRefused):
        books.invoice_actions.payment_link(attached["invoice_id"], ends_on=dt.date(2099, 1, 1))


def test_facts_1_6_without_the_broad_scope_no_payment_link_is_asked_for(
    books: BooksClient, sandbox: SandboxServer, attached: dict[str, Any]
) -> None:
    with pytest.raises(ZohoScopeMissing) as missing:
        books.invoice_actions.payment_link(attached["invoice_id"], ends_on=dt.date(2099, 1, 1))
    assert missing.value.scope == "ZohoBooks.settings.ALL"
    assert [call for call in sandbox.calls() if call["path"].endswith("/paymentlink")] == []
