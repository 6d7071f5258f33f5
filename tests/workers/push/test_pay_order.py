"""A payment at Zoho's page: we send nothing, and say paid only when the invoice shows it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from cache.records.orders.open_payment import CHECKOUT_AT, DISMISSED, OpenPayment
from cache.records.orders.order import Order, OrderKind, OrderState
from connectors.zoho.documents.hosted_page import HostedPage
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.invoice_settlements import InvoicePayment
from workers.push.pay_order import (
    BOOKING_MESSAGE,
    CANCELLED_MESSAGE,
    DEBIT_MESSAGE,
    FAILED_MESSAGE,
    OPEN_MESSAGE,
    PaymentProgress,
    judge_payment_progress,
)
from workers.push.payment_polling import GRACE, LEFT_TO_SYNC, PAGE_LIFETIME, SETTLES, WATCHED
from workers.push.verdict import Next, Sent, Verdict

TODAY = dt.date(2026, 11, 23)
SOON, MUCH_LATER = dt.timedelta(minutes=1), dt.timedelta(days=4)
OWED = Invoice(
    id="9",
    status="sent",
    customer_id="5",
    total=Decimal("0.30"),
    balance=Decimal("0.30"),
    payment_made=Decimal(0),
    currency="USD",
)
PAID = dataclasses.replace(OWED, status="paid", balance=Decimal(0), payment_made=Decimal("0.30"))
PARTLY = dataclasses.replace(
    OWED, status="partially_paid", balance=Decimal("0.20"), payment_made=Decimal("0.10")
)
WAITS, PAYS, ENDS, CHANGES = (
    OrderState.AT_CHECKOUT,
    OrderState.CONFIRMED,
    OrderState.WITHDRAWN,
    OrderState.CHANGED,
)


@pytest.fixture
def paying(make_order: Callable[..., Order]) -> Callable[..., Order]:
    """An open payment on this page; "" for the invoice's own."""

    def make(page_id: str = "abcd1234", **changes: Any) -> Order:
        payload = OpenPayment(page_id, Decimal(0), ("11",))
        order = make_order(
            OrderKind.PAY_INVOICE,
            "9",
            "5",
            seen_total=OWED.balance,
            payload=payload,
            state=OrderState.AT_CHECKOUT,
        )
        return dataclasses.replace(order, **changes)

    return make


def seen(
    order: Order, invoice: Invoice, page: str | None, after: dt.timedelta = SOON, *amounts: str
) -> PaymentProgress:
    payments = tuple(
        InvoicePayment(id=str(20 + number), amount=Decimal(amount)) for number, amount in enumerate(amounts)
    )
    payload = (
        None
        if page is None
        else HostedPage(id="abcd1234", status=page, expires_at=order.recorded_at + PAGE_LIFETIME)
    )
    return PaymentProgress(invoice, payments, payload, order.recorded_at + after)


def judged(order: Order, *what: Any) -> Verdict:
    return judge_payment_progress(order, seen(order, *what), TODAY, Sent.NEVER)


@pytest.mark.parametrize(
    ("invoice", "page", "after", "amounts", "wanted"),
    [
        (OWED, "fresh", SOON, (), WAITS),
        (OWED, "success", SOON, (), WAITS),
        (OWED, "failed", SOON, (), WAITS),
        (OWED, "cancelled", SOON, (), ENDS),
        (OWED, "read", PAGE_LIFETIME, (), WAITS),
        (OWED, "read", PAGE_LIFETIME + GRACE, (), ENDS),
        (OWED, "failed", PAGE_LIFETIME + GRACE, (), ENDS),
        (OWED, None, SOON, (), WAITS),
        (OWED, None, PAGE_LIFETIME + GRACE, (), ENDS),
        (OWED, "success", MUCH_LATER, (), OrderState.NEEDS_ATTENTION),
        (PAID, "read", SOON, ("0.1", "0.2"), PAYS),
        (PAID, "cancelled", MUCH_LATER, ("0.30",), PAYS),
        (PAID, None, MUCH_LATER, (), PAYS),
        (PARTLY, "success", SOON, ("0.10",), PAYS),
        (PARTLY, "read", SOON, ("0.10",), WAITS),
        (PARTLY, "cancelled", SOON, ("0.10",), ENDS),
        (dataclasses.replace(PAID, payment_made=Decimal(0)), "read", SOON, (), CHANGES),
        (dataclasses.replace(OWED, status="void"), "read", SOON, (), CHANGES),
        (dataclasses.replace(OWED, in_process=True), "success", MUCH_LATER, (), WAITS),
        (dataclasses.replace(OWED, customer_id="6"), "read", SOON, (), OrderState.REFUSED),
    ],
)
def test_the_invoice_decides(
    paying: Any,
    invoice: Invoice,
    page: str | None,
    after: dt.timedelta,
    amounts: tuple[str, ...],
    wanted: OrderState,
) -> None:
    assert judged(paying(), invoice, page, after, *amounts).state is wanted


@pytest.mark.parametrize(
    ("invoice", "after", "amounts", "wanted"),
    [
        (OWED, SOON, (), WAITS),
        (OWED, WATCHED + SOON, (), ENDS),
        (PARTLY, SOON, ("0.10",), PAYS),
        (PAID, WATCHED + SOON, ("0.30",), PAYS),
    ],
)
def test_the_invoices_own_page_never_ends_and_is_watched_for_three_days(
    paying: Any, invoice: Invoice, after: dt.timedelta, amounts: tuple[str, ...], wanted: OrderState
) -> None:
    assert judged(paying(""), invoice, None, after, *amounts).state is wanted


def test_a_debit_that_ended_is_believed_to_have_failed_only_after_a_while(paying: Any) -> None:
    order = paying()
    under_way = judged(order, dataclasses.replace(OWED, in_process=True), "success")
    assert (under_way.state, under_way.message) == (WAITS, DEBIT_MESSAGE)
    order = dataclasses.replace(order, result=under_way.result)
    over = judged(order, OWED, "success", dt.timedelta(days=3))
    assert (over.next, over.state) == (Next.FETCH_AGAIN, WAITS)
    order = dataclasses.replace(order, result=over.result)
    assert judged(order, OWED, "success", dt.timedelta(days=3) + SETTLES / 2).state is WAITS
    assert judged(order, PAID, "success", dt.timedelta(days=3) + SETTLES / 2, "0.30").state is PAYS
    assert judged(order, OWED, "success", dt.timedelta(days=3) + SETTLES).state is OrderState.REFUSED


@pytest.mark.parametrize(
    ("page", "expected"), [("read", OPEN_MESSAGE), ("failed", FAILED_MESSAGE), ("success", BOOKING_MESSAGE)]
)
def test_it_says_what_zohos_page_says_and_no_more(paying: Any, page: str, expected: str) -> None:
    assert judged(paying(), OWED, page).message == expected


def test_one_that_was_cancelled_here_is_still_watched(paying: Any) -> None:
    order = paying(notes={DISMISSED: "Ana"})
    assert (judged(order, OWED, "read").state, judged(order, OWED, "read").message) == (
        WAITS,
        CANCELLED_MESSAGE,
    )
    assert judged(order, PAID, "success", SOON, "0.30").state is PAYS


@pytest.mark.parametrize(
    ("minutes", "wanted"), [(0.2, 5.0), (10, 90.0), (55, 300.0), (74.5, 30.0), (70, 300.0)]
)
def test_it_is_looked_for_often_then_seldom_and_the_pages_end_is_not_missed(
    paying: Any, minutes: float, wanted: float
) -> None:
    assert judged(paying(), OWED, "read", dt.timedelta(minutes=minutes)).again_in == pytest.approx(wanted)


def test_after_an_hour_it_is_left_to_the_sync_until_somebody_goes_on(paying: Any) -> None:
    after = dt.timedelta(hours=2)
    assert judged(paying(), OWED, "success", after).again_in == LEFT_TO_SYNC
    order = paying()
    order = dataclasses.replace(order, notes={CHECKOUT_AT: (order.recorded_at + after).isoformat()})
    assert judged(order, OWED, "success", after + dt.timedelta(seconds=1)).again_in == pytest.approx(5.0)
