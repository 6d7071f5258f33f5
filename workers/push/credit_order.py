"""Using available credit for an invoice. Zoho would apply it twice if asked twice, so what stands on the
invoice decides (FACTS 5.3).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from cache.records.credit_use import credit_use_of
from cache.records.order import Order, OrderState
from config.phrases import Phrase, listed
from connectors.zoho.books.client import BooksClient
from connectors.zoho.books.said import Said
from connectors.zoho.documents.invoice import Invoice
from workers.job_setup import Resources
from workers.keep_said import keep_document
from workers.push.verdict import Next, Sent, Verdict, ended, nothing_to_see


@dataclass(frozen=True)
class Credited:
    """An invoice, and how much of the credit in question was used for it, in the invoice's currency."""

    invoice: Invoice
    used: Decimal


def look_at_credited(desk: Resources, books: BooksClient, order: Order) -> Said[Credited]:
    """Two calls. Raises ZohoError."""
    use = credit_use_of(order.shown)
    said = books.invoices.get(order.document_id)
    used = books.invoices.used_credit(order.document_id, source=use.source, credit_id=use.id)
    keep_document(desk, order.org, "invoices", said)
    return Said(Credited(said.value, used.value), used.said_at)


def judge_credit(order: Order, seen: Credited, today: dt.date, sent: Sent) -> Verdict:
    """used_before + amount on the invoice: done. used_before: not yet. Anything else was somebody else's
    doing, or is not clear.
    """
    use, invoice = credit_use_of(order.shown), seen.invoice
    if invoice.customer_id != order.customer_id:
        return ended(OrderState.REFUSED, Phrase("This invoice no longer belongs to your company in Zoho."))
    if seen.used == use.used_before + order.seen_total:
        if sent is Sent.NEVER:
            return ended(
                OrderState.CHANGED,
                Phrase("It was not sent: this credit had already been used for the invoice."),
            )
        words = Phrase("Zoho shows the credit of %(credit)s on the invoice.", credit=use.number)
        return Verdict(Next.CONFIRM, OrderState.CONFIRMED, words, {"status": invoice.status})
    if sent is Sent.UNSETTLED:
        return Verdict(Next.LOOK_AGAIN, OrderState.UNCERTAIN)
    if seen.used != use.used_before:
        words = Phrase("Another amount of %(credit)s was used for this invoice meanwhile.", credit=use.number)
        if sent is Sent.NEVER:
            return ended(OrderState.CHANGED, listed((Phrase("It was not sent."), words), " "))
        return ended(OrderState.NEEDS_ATTENTION, listed((words, Phrase("A person must look at it.")), " "))
    if not invoice.is_unpaid or invoice.balance < order.seen_total:
        return ended(
            OrderState.CHANGED,
            Phrase("It was not sent: less is owed on this invoice now than when you saw it."),
        )
    return nothing_to_see(
        order,
        sent,
        refused=Phrase("The invoice is as it was."),
        still=Phrase("Zoho still shows the invoice without it."),
    )


def send_credit(books: BooksClient, order: Order, seen: Credited) -> object:
    """The one call. Raises ZohoError."""
    use = credit_use_of(order.shown)
    amounts = {use.id: order.seen_total}
    if use.source == "payment":
        return books.invoice_dealings.apply_credits(order.document_id, payments=amounts)
    return books.invoice_dealings.apply_credits(order.document_id, credit_notes=amounts)
