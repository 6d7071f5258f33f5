"""A payment on Zoho's page: the client pays there, Zoho books it, and we only check (zoho.md 7.2). Nothing is
ever sent.

An invoice has at most one live page. So the order ends only when Zoho shows the payment, or when nothing can
be paid on its page any more; until then every press leads to the same page.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from cache.records.connections.call_budget import CallClass
from cache.records.orders.open_payment import OpenPayment, checkout_at, is_dismissed
from cache.records.orders.order import Order, OrderState
from config.stored_messages import StoredMessage
from connectors.zoho.api.errors import ZohoNotFound, ZohoScopeMissing
from connectors.zoho.api.fetched import Fetched
from connectors.zoho.books.client import BooksClient
from connectors.zoho.documents.hosted_page import HostedPage
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.invoice_settlements import InvoicePayment
from workers.copies.store_fetched import store_document
from workers.push.payment_polling import GRACE, SETTLES, WATCHED, again_in, page_ends
from workers.push.verdict import Next, Sent, Verdict, ended
from workers.services import Services

OPEN_MESSAGE = StoredMessage("Zoho’s page for the payment is open. Zoho is asked what became of it.")
CANCELLED_MESSAGE = StoredMessage(
    "It was cancelled here. Zoho’s page may still be open elsewhere, so Zoho is asked until it has run out."
)
FAILED_MESSAGE = StoredMessage(
    "A try to pay failed on Zoho’s page; nothing was taken. One can try again there."
)
BOOKING_MESSAGE = StoredMessage(
    "Zoho’s page has received the payment. It is being booked; it counts as paid once Zoho shows it "
    "on the invoice."
)
DEBIT_MESSAGE = StoredMessage(
    "The bank has been asked for the money. This takes some days; the invoice stays open until the "
    "bank has paid."
)
DEBIT_OVER_MESSAGE = StoredMessage("The bank has answered. Zoho is asked whether it paid.")


@dataclass(frozen=True)
class PaymentProgress:
    """The invoice now, its payments that are new, Zoho's page for it (None: the invoice's own, or gone), and
    when it was read.
    """

    invoice: Invoice
    arrived: tuple[InvoicePayment, ...]
    page: HostedPage | None
    at: dt.datetime


def fetch_payment_progress(services: Services, books: BooksClient, order: Order) -> Fetched[PaymentProgress]:
    """One to three calls. The page first: an ended page must be known before the invoice is read. Raises
    ZohoError.
    """
    opened = order.payload_as(OpenPayment)
    page = _page(services, order, opened.page_id)
    fetched = books.invoices.get(order.document_id)
    store_document(services, order.org, "invoices", fetched)
    arrived: tuple[InvoicePayment, ...] = ()
    if fetched.value.payment_made is None or fetched.value.payment_made != opened.paid_before:
        payments = books.invoices.payments(order.document_id).value
        arrived = tuple(payment for payment in payments if payment.id not in opened.payments_before)
    return Fetched(PaymentProgress(fetched.value, arrived, page, fetched.as_of), fetched.as_of)


def judge_payment_progress(order: Order, seen: PaymentProgress, today: dt.date, sent: Sent) -> Verdict:
    """The invoice decides, not what the page reports, and never how the browser came back (zoho.md 7.2)."""
    invoice, opened = seen.invoice, order.payload_as(OpenPayment)
    if invoice.customer_id != order.customer_id:
        return ended(
            OrderState.REFUSED, StoredMessage("This invoice no longer belongs to your company in Zoho.")
        )
    if invoice.in_process:
        since = order.result.get("debit_since") or seen.at.isoformat()
        return _wait(order, seen, DEBIT_MESSAGE, {"debit_since": since})
    amount = _arrived_amount(opened, seen)
    is_ours = not opened.page_id or (seen.page is not None and seen.page.status == "success")
    if amount > 0 and (invoice.balance <= 0 or is_ours):
        return _paid(seen, amount)
    if not invoice.is_unpaid:
        words = StoredMessage(
            "Nothing is owed on this invoice any more, and Zoho shows no new payment: it was settled "
            "or withdrawn otherwise."
        )
        return ended(OrderState.CHANGED, words, {"status": invoice.status})
    if "debit_since" in order.result:
        return _after_debit(order, seen)
    return _page_verdict(order, opened, seen)


def _paid(seen: PaymentProgress, amount: Decimal) -> Verdict:
    invoice = seen.invoice
    payment_id = seen.arrived[0].id if seen.arrived else ""
    result = {
        "status": invoice.status,
        "payment_id": payment_id,
        "amount": str(amount),
        "balance": str(invoice.balance),
    }
    if invoice.balance <= 0:
        return Verdict(
            Next.CONFIRM,
            OrderState.CONFIRMED,
            StoredMessage("Zoho shows the payment. The invoice is paid."),
            result,
        )
    words = StoredMessage("Zoho shows a payment of a part. The rest of the invoice is still open.")
    return Verdict(Next.CONFIRM, OrderState.CONFIRMED, words, result)


def _after_debit(order: Order, seen: PaymentProgress) -> Verdict:
    """The debit has ended and no payment is there: it may still be about to be booked."""
    over = order.result.get("debit_over")
    if over is None or seen.at - dt.datetime.fromisoformat(over) < SETTLES:
        result = {**order.result, "debit_over": over or seen.at.isoformat()}
        return Verdict(
            Next.FETCH_AGAIN,
            OrderState.AT_CHECKOUT,
            DEBIT_OVER_MESSAGE,
            result,
            again_in=SETTLES.total_seconds() / 2,
        )
    return ended(
        OrderState.REFUSED,
        StoredMessage("The bank did not pay. The invoice is open as before."),
        {"status": seen.invoice.status},
    )


def _page_verdict(order: Order, opened: OpenPayment, seen: PaymentProgress) -> Verdict:
    """The invoice is unchanged: what can still come of the page."""
    page, waited = seen.page, seen.at - checkout_at(order)
    if page is not None and page.status == "success":
        if seen.at - order.recorded_at > WATCHED:
            words = StoredMessage(
                "Zoho’s page says that it was paid, and the invoice does not show it. A person must "
                "look at it."
            )
            return ended(OrderState.NEEDS_ATTENTION, words)
        return _wait(
            order,
            seen,
            BOOKING_MESSAGE,
            {"booking_since": order.result.get("booking_since") or seen.at.isoformat()},
        )
    if page is not None and page.is_closed:
        return ended(
            OrderState.WITHDRAWN,
            StoredMessage("Zoho’s page was closed without a payment. The invoice is open as before."),
        )
    if not opened.page_id:
        if waited > WATCHED:
            words = StoredMessage(
                "Nothing was paid on Zoho’s page in three days. The invoice is open as before."
            )
            return ended(OrderState.WITHDRAWN, words)
    elif seen.at >= page_ends(order, page) + GRACE:
        return ended(
            OrderState.WITHDRAWN,
            StoredMessage("Zoho’s page has run out without a payment. The invoice is open as before."),
        )
    if page is not None and page.status == "failed":
        return _wait(order, seen, FAILED_MESSAGE)
    return _wait(order, seen, CANCELLED_MESSAGE if is_dismissed(order) else OPEN_MESSAGE)


def _wait(order: Order, seen: PaymentProgress, message: str, result: dict[str, str] | None = None) -> Verdict:
    return Verdict(
        Next.FETCH_AGAIN,
        OrderState.AT_CHECKOUT,
        message,
        result or {},
        again_in=again_in(order, seen.page, seen.at),
    )


def _arrived_amount(opened: OpenPayment, seen: PaymentProgress) -> Decimal:
    """What was paid since the press, by the new payments or by the invoice itself; in its currency."""
    listed = sum((item.amount for item in seen.arrived), Decimal(0))
    made, before = seen.invoice.payment_made, opened.paid_before
    return max(listed, made - before) if made is not None and before is not None else listed


def _page(services: Services, order: Order, page_id: str) -> HostedPage | None:
    """None if there is no page, or it can no longer be read: the invoice decides anyway."""
    if not page_id:
        return None
    try:
        return services.zoho.billing(order.org, CallClass.ORDER).hosted_pages.get(page_id).value
    except (ZohoNotFound, ZohoScopeMissing):
        return None
