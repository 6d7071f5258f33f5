"""Credit is used once, by what stands on the invoice; nobody else's doing is taken for ours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from cache.records.orders.credit_use import CreditUse
from cache.records.orders.order import Order, OrderKind, OrderState
from connectors.zoho.books.client import BooksClient
from connectors.zoho.documents.invoice import Invoice
from tests.servers.sandbox_server import SandboxServer
from workers.push.credit_order import Credited, judge_credit
from workers.push.verdict import Sent

TODAY = dt.date(2026, 11, 23)
ONE = Decimal("1.25")


@pytest.fixture(params=["credit_note", "payment"])
def source(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def credit(merchant: Any, books: BooksClient, source: str) -> tuple[CreditUse, Invoice]:
    """Something with at least 3 left, and an unpaid invoice of the same customer and currency."""
    if source == "payment":
        spare = [
            (record["payment_id"], record["customer_id"], record["unused_amount"])
            for record in merchant.truth("payments").values()
        ]
    else:
        notes = merchant.truth("credit_notes").values()
        spare = [
            (note["creditnote_id"], note["customer_id"], note["balance"])
            for note in notes
            if note["status"] == "open"
        ]
    owed = {
        record["customer_id"]: record
        for record in merchant.truth("invoices").values()
        if record["status"] == "sent" and record["balance"] > 10
    }
    found, customer_id = next(
        (item, customer) for item, customer, left in spare if left >= 3 and customer in owed
    )
    return CreditUse(source, found, "CN-1", Decimal(0)), books.invoices.get(
        owed[customer_id]["invoice_id"]
    ).value


@pytest.fixture
def use(make_order: Callable[..., Order], credit: tuple[CreditUse, Invoice]) -> Order:
    which, invoice = credit
    return make_order(
        OrderKind.APPLY_CREDIT,
        invoice.id,
        invoice.customer_id,
        seen_total=ONE,
        currency=invoice.currency,
        payload=which,
    )


def test_it_stands_on_the_invoice_once(use: Order, delivered: Any, credit: Any, books: BooksClient) -> None:
    before = credit[1].balance
    order = delivered(use, OrderState.CONFIRMED)
    assert order.attempts == 1
    assert books.invoices.get(use.document_id).value.balance == before - ONE


@pytest.mark.parametrize("fault", ["cut_before", "cut_after"])
def test_a_lost_answer_is_decided_by_reading(
    use: Order, delivered: Any, credit: Any, books: BooksClient, sandbox: SandboxServer, fault: str
) -> None:
    sandbox.fault(fault, method="POST", path="/books/v3/invoices/*/credits")
    order = delivered(use, OrderState.CONFIRMED)
    assert order.attempts == (1 if fault == "cut_after" else 2)
    assert books.invoices.get(use.document_id).value.balance == credit[1].balance - ONE


def test_what_the_merchant_used_meanwhile_is_not_topped_up(
    use: Order, delivered: Any, credit: Any, books: BooksClient
) -> None:
    which, invoice = credit
    amounts = {which.id: Decimal("0.50")}
    books.invoice_actions.apply_credits(
        invoice.id, **{"payments" if which.source == "payment" else "credit_notes": amounts}
    )
    order = delivered(use, OrderState.CHANGED)
    assert "Another amount" in order.steps[-1].message and order.attempts == 0


def test_an_invoice_paid_meanwhile_takes_none(use: Order, delivered: Any, credit: Any, merchant: Any) -> None:
    merchant.books_payment(credit[1].id, str(credit[1].balance), TODAY.isoformat())
    assert delivered(use, OrderState.CHANGED).attempts == 0


@pytest.mark.parametrize(
    ("used", "sent", "wanted"),
    [
        ("0", Sent.NEVER, OrderState.SENDING),
        ("0", Sent.UNSETTLED, OrderState.UNCERTAIN),
        ("0", Sent.SETTLED, OrderState.SENDING),
        ("0", Sent.REFUSED, OrderState.REFUSED),
        ("5", Sent.NEVER, OrderState.CHANGED),
        ("5", Sent.UNSETTLED, OrderState.CONFIRMED),
        ("5", Sent.SETTLED, OrderState.CONFIRMED),
        ("5", Sent.REFUSED, OrderState.CONFIRMED),
        ("7", Sent.NEVER, OrderState.CHANGED),
        ("7", Sent.UNSETTLED, OrderState.UNCERTAIN),
        ("7", Sent.SETTLED, OrderState.NEEDS_ATTENTION),
        ("7", Sent.REFUSED, OrderState.NEEDS_ATTENTION),
    ],
)
def test_what_stands_on_the_invoice_decides(
    make_order: Callable[..., Order], used: str, sent: Sent, wanted: OrderState
) -> None:
    which = CreditUse("credit_note", "7", "CN-7", Decimal(0))
    order = make_order(OrderKind.APPLY_CREDIT, "9", "5", seen_total=Decimal("5.00"), payload=which)
    invoice = Invoice(
        id="9", status="sent", customer_id="5", total=Decimal(20), balance=Decimal(20), currency="USD"
    )
    assert judge_credit(order, Credited(invoice, Decimal(used)), TODAY, sent).state is wanted
