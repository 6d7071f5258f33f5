"""A payment under way at Zoho's page: the client pays there, Zoho books it by itself, we only ask (FACTS
7.2). Nothing is ever sent.

One page at most lives per invoice. So the order ends only when Zoho shows the payment, or when nothing can be
paid on its page any more; until then every further press leads to the same page.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from cache.call_budget import CallClass
from cache.records.open_payment import OpenPayment, handed_at, is_set_aside, open_payment_of
from cache.records.order import Order, OrderState
from config.phrases import Phrase
from connectors.zoho.books.client import BooksClient
from connectors.zoho.books.said import Said
from connectors.zoho.documents.hosted_page import HostedPage
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.invoice_settlements import InvoicePayment
from connectors.zoho.errors import ZohoNotFound, ZohoScopeMissing
from workers.job_setup import Resources
from workers.keep_said import keep_document
from workers.push.pay_pace import GRACE, SETTLES, WATCHED, again_in, page_ends
from workers.push.verdict import Next, Sent, Verdict, ended

OPEN_WORDS = Phrase("Zoho’s page for the payment is open. Zoho is asked what became of it.")
ASIDE_WORDS = Phrase(
    "It was cancelled here. Zoho’s page may still be open elsewhere, so Zoho is asked until it has run out."
)
FAILED_WORDS = Phrase("A try to pay failed on Zoho’s page; nothing was taken. One can try again there.")
BOOKING_WORDS = Phrase(
    "Zoho’s page has received the payment. It is being booked; it counts as paid once Zoho shows it on the invoice."
)
DEBIT_WORDS = Phrase(
    "The bank has been asked for the money. This takes some days; the invoice stays open until the bank has paid."
)
DEBIT_OVER_WORDS = Phrase("The bank has answered. Zoho is asked whether it paid.")


@dataclass(frozen=True)
class BeingPaid:
    """The invoice now, payments on it that were not there before, Zoho's page for it (None: its own, or
    gone), and when.
    """

    invoice: Invoice
    arrived: tuple[InvoicePayment, ...]
    page: HostedPage | None
    at: dt.datetime


def look_at_paying(desk: Resources, books: BooksClient, order: Order) -> Said[BeingPaid]:
    """One to three calls. The page first: what it says is over is over before the invoice is read. Raises
    ZohoError.
    """
    opened = open_payment_of(order.shown)
    page = _page(desk, order, opened.page_id)
    said = books.invoices.get(order.document_id)
    keep_document(desk, order.org, "invoices", said)
    arrived: tuple[InvoicePayment, ...] = ()
    if said.value.payment_made is None or said.value.payment_made != opened.paid_before:
        payments = books.invoices.payments(order.document_id).value
        arrived = tuple(one for one in payments if one.id not in opened.payments_before)
    return Said(BeingPaid(said.value, arrived, page, said.said_at), said.said_at)


def judge_paying(order: Order, seen: BeingPaid, today: dt.date, sent: Sent) -> Verdict:
    """The invoice decides, not what the page says of itself, and never how somebody came back (FACTS 7.2)."""
    invoice, opened = seen.invoice, open_payment_of(order.shown)
    if invoice.customer_id != order.customer_id:
        return ended(OrderState.REFUSED, Phrase("This invoice no longer belongs to your company in Zoho."))
    if invoice.in_process:
        since = order.result.get("debit_since") or seen.at.isoformat()
        return _wait(order, seen, DEBIT_WORDS, {"debit_since": since})
    amount = _arrived_amount(opened, seen)
    is_ours = not opened.page_id or (seen.page is not None and seen.page.status == "success")
    if amount > 0 and (invoice.balance <= 0 or is_ours):
        return _paid(seen, amount)
    if not invoice.is_unpaid:
        words = Phrase(
            "Nothing is owed on this invoice any more, and Zoho shows no new payment: it was settled or withdrawn otherwise."
        )
        return ended(OrderState.CHANGED, words, {"status": invoice.status})
    if "debit_since" in order.result:
        return _after_debit(order, seen)
    return _page_verdict(order, opened, seen)


def _paid(seen: BeingPaid, amount: Decimal) -> Verdict:
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
            Next.CONFIRM, OrderState.CONFIRMED, Phrase("Zoho shows the payment. The invoice is paid."), result
        )
    words = Phrase("Zoho shows a payment of a part. The rest of the invoice is still open.")
    return Verdict(Next.CONFIRM, OrderState.CONFIRMED, words, result)


def _after_debit(order: Order, seen: BeingPaid) -> Verdict:
    """The debit is over and no payment is there: it may still be on its way from the one to the other."""
    over = order.result.get("debit_over")
    if over is None or seen.at - dt.datetime.fromisoformat(over) < SETTLES:
        result = {**order.result, "debit_over": over or seen.at.isoformat()}
        return Verdict(
            Next.LOOK_AGAIN,
            OrderState.HANDED_OVER,
            DEBIT_OVER_WORDS,
            result,
            again_in=SETTLES.total_seconds() / 2,
        )
    return ended(
        OrderState.REFUSED,
        Phrase("The bank did not pay. The invoice is open as before."),
        {"status": seen.invoice.status},
    )


def _page_verdict(order: Order, opened: OpenPayment, seen: BeingPaid) -> Verdict:
    """The invoice is as it was: what can still come of the page."""
    page, waited = seen.page, seen.at - handed_at(order)
    if page is not None and page.status == "success":
        if seen.at - order.recorded_at > WATCHED:
            words = Phrase(
                "Zoho’s page says that it was paid, and the invoice does not show it. A person must look at it."
            )
            return ended(OrderState.NEEDS_ATTENTION, words)
        return _wait(
            order,
            seen,
            BOOKING_WORDS,
            {"booking_since": order.result.get("booking_since") or seen.at.isoformat()},
        )
    if page is not None and page.is_closed:
        return ended(
            OrderState.WITHDRAWN,
            Phrase("Zoho’s page was closed without a payment. The invoice is open as before."),
        )
    if not opened.page_id:
        if waited > WATCHED:
            words = Phrase("Nothing was paid on Zoho’s page in three days. The invoice is open as before.")
            return ended(OrderState.WITHDRAWN, words)
    elif seen.at >= page_ends(order, page) + GRACE:
        return ended(
            OrderState.WITHDRAWN,
            Phrase("Zoho’s page has run out without a payment. The invoice is open as before."),
        )
    if page is not None and page.status == "failed":
        return _wait(order, seen, FAILED_WORDS)
    return _wait(order, seen, ASIDE_WORDS if is_set_aside(order) else OPEN_WORDS)


def _wait(order: Order, seen: BeingPaid, words: str, result: dict[str, str] | None = None) -> Verdict:
    return Verdict(
        Next.LOOK_AGAIN,
        OrderState.HANDED_OVER,
        words,
        result or {},
        again_in=again_in(order, seen.page, seen.at),
    )


def _arrived_amount(opened: OpenPayment, seen: BeingPaid) -> Decimal:
    """What was paid since the press, by the new payments or by what the invoice itself says; in its
    currency.
    """
    listed = sum((one.amount for one in seen.arrived), Decimal(0))
    made, before = seen.invoice.payment_made, opened.paid_before
    return max(listed, made - before) if made is not None and before is not None else listed


def _page(desk: Resources, order: Order, page_id: str) -> HostedPage | None:
    """None where there is none, or it can no longer be asked for: the invoice decides anyway."""
    if not page_id:
        return None
    try:
        return desk.zoho.billing(order.org, CallClass.ORDER).hosted_pages.get(page_id).value
    except (ZohoNotFound, ZohoScopeMissing):
        return None
