"""A reported payment: nothing before the merchant agrees, and then one payment with the request's number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from cache.records.orders.order import Order, OrderKind, OrderState
from cache.records.orders.reported_payment import ReportedPayment
from cache.records.portal.portal_settings import PortalSettings
from connectors.zoho.books.client import BooksClient
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.payment import Payment
from tests.servers.sandbox_server import SandboxServer
from workers.push.deliver_order import deliver_order
from workers.push.payment_order import Recorded, judge_payment
from workers.push.verdict import Sent
from workers.services import Services

TODAY = dt.date(2026, 11, 23)
TOLD = ReportedPayment(dt.date(2026, 11, 20), "banktransfer", "SEPA 77")
AMOUNT = Decimal("10.10")


@pytest.fixture
def invoice(merchant: Any, books: BooksClient) -> Invoice:
    owed = next(
        record
        for record in merchant.truth("invoices").values()
        if record["status"] == "sent" and record["balance"] > 100
    )
    return books.invoices.get(owed["invoice_id"]).value


@pytest.fixture
def report(make_order: Callable[..., Order], invoice: Invoice) -> Order:
    return make_order(
        OrderKind.RECORD_PAYMENT,
        invoice.id,
        invoice.customer_id,
        seen_total=AMOUNT,
        currency=invoice.currency,
        payload=TOLD,
        state=OrderState.PROPOSED,
        next_at=None,
    )


@pytest.fixture
def confirmed_report(services: Services, report: Order) -> Order:
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=72)
    assert services.orders.approve(
        report.org, report.id, message="Ada confirmed the payment.", not_after=later
    )
    return report


def paid_with(merchant: Any, order: Order) -> list[dict[str, Any]]:
    return [
        record for record in merchant.truth("payments").values() if record["reference_number"] == order.id
    ]


def test_nothing_is_sent_before_the_merchant_agrees(services: Services, report: Order, merchant: Any) -> None:
    assert (report.org, report.id) not in services.orders.due(100)
    assert deliver_order(report.org, report.id, services) is None
    assert paid_with(merchant, report) == []


def test_the_merchants_no_ends_it(services: Services, report: Order, merchant: Any) -> None:
    assert services.orders.reject(report.org, report.id, message="Ada did not confirm it: no money came.")
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=72)
    assert not services.orders.approve(report.org, report.id, message="Too late.", not_after=later)
    found = services.orders.get(report.org, report.id)
    assert found is not None and found.state is OrderState.REFUSED
    assert deliver_order(report.org, report.id, services) is None and paid_with(merchant, report) == []


def test_confirmed_it_is_booked_once_with_our_number(
    confirmed_report: Order, delivered: Any, invoice: Invoice, merchant: Any
) -> None:
    order = delivered(confirmed_report, OrderState.CONFIRMED)
    (paid,) = paid_with(merchant, order)
    assert (Decimal(str(paid["amount"])), paid["date"]) == (AMOUNT, "2026-11-20")
    assert order.result["payment_id"] == paid["payment_id"] and order.attempts == 1
    assert Decimal(str(merchant.truth("invoices", invoice.id)["balance"])) == invoice.balance - AMOUNT


@pytest.mark.parametrize("fault", ["cut_before", "cut_after"])
def test_a_lost_answer_is_found_by_its_number(
    confirmed_report: Order, delivered: Any, sandbox: SandboxServer, merchant: Any, fault: str
) -> None:
    sandbox.fault(fault, method="POST", path="/books/v3/customerpayments")
    order = delivered(confirmed_report, OrderState.CONFIRMED)
    assert len(paid_with(merchant, order)) == 1
    assert order.attempts == (1 if fault == "cut_after" else 2)


def test_a_field_without_duplicates_is_the_second_belt(
    services: Services, confirmed_report: Order, delivered: Any, sandbox: SandboxServer, merchant: Any
) -> None:
    merchant.sets(unique_payment_field="cf_receipt")
    services.portal_settings.save(confirmed_report.org, PortalSettings(unique_payment_field="cf_receipt"))
    before = len(sandbox.calls())
    order = delivered(confirmed_report, OrderState.CONFIRMED)
    assert [call["method"] for call in sandbox.calls(before) if call["path"] == "/books/v3/customerpayments"][
        1
    ] == "PUT"
    assert len(paid_with(merchant, order)) == 1


def test_what_was_paid_otherwise_meanwhile_is_not_paid_twice(
    confirmed_report: Order, delivered: Any, invoice: Invoice, merchant: Any
) -> None:
    merchant.books_payment(invoice.id, str(invoice.balance), TODAY.isoformat())
    order = delivered(confirmed_report, OrderState.CHANGED)
    assert order.attempts == 0 and paid_with(merchant, order) == []


def test_a_second_report_while_one_is_open_is_the_same(
    services: Services, make_order: Callable[..., Order], report: Order
) -> None:
    again = make_order(
        OrderKind.RECORD_PAYMENT,
        report.document_id,
        report.customer_id,
        seen_total=AMOUNT,
        payload=TOLD,
        state=OrderState.PROPOSED,
        next_at=None,
    )
    assert again.id == report.id
    assert services.orders.withdraw(report.org, report.id, message="Nora withdrew it.")
    third = make_order(
        OrderKind.RECORD_PAYMENT,
        report.document_id,
        report.customer_id,
        payload=TOLD,
        state=OrderState.PROPOSED,
        next_at=None,
    )
    assert third.id != report.id


@pytest.mark.parametrize(
    ("found", "balance", "sent", "wanted"),
    [
        (0, "50", Sent.NEVER, OrderState.SENDING),
        (0, "50", Sent.UNSETTLED, OrderState.UNCERTAIN),
        (0, "50", Sent.REFUSED, OrderState.REFUSED),
        (0, "5", Sent.NEVER, OrderState.CHANGED),
        (0, "5", Sent.UNSETTLED, OrderState.UNCERTAIN),
        (1, "50", Sent.NEVER, OrderState.CONFIRMED),
        (1, "0", Sent.UNSETTLED, OrderState.CONFIRMED),
        (2, "50", Sent.SETTLED, OrderState.NEEDS_ATTENTION),
    ],
)
def test_the_number_in_zoho_decides(
    make_order: Callable[..., Order], found: int, balance: str, sent: Sent, wanted: OrderState
) -> None:
    order = make_order(OrderKind.RECORD_PAYMENT, "9", "5", seen_total=AMOUNT, payload=TOLD)
    invoice = Invoice(
        id="9", status="sent", customer_id="5", total=Decimal(50), balance=Decimal(balance), currency="USD"
    )
    payments = tuple(Payment(id=str(number), customer_id="5", amount=AMOUNT) for number in range(found))
    assert judge_payment(order, Recorded(invoice, payments, ""), TODAY, sent).state is wanted
