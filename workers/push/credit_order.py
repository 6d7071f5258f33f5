"""Apply available credit to an invoice. A repeat would apply it twice, so what the invoice shows decides
(zoho.md 5.3).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from cache.records.orders.credit_use import CreditUse
from cache.records.orders.order import Order, OrderState
from config.stored_messages import StoredMessage, join_messages
from connectors.zoho.api.fetched import Fetched
from connectors.zoho.books.client import BooksClient
from connectors.zoho.documents.invoice import Invoice
from workers.copies.store_fetched import store_document
from workers.push.verdict import Next, Sent, Verdict, effect_not_shown, ended
from workers.services import Services


@dataclass(frozen=True)
class Credited:
    """An invoice, and how much of the credit was applied to it, in the invoice's currency."""

    invoice: Invoice
    used: Decimal


def fetch_used_credit(services: Services, books: BooksClient, order: Order) -> Fetched[Credited]:
    """Two calls. Raises ZohoError."""
    use = order.payload_as(CreditUse)
    fetched = books.invoices.get(order.document_id)
    used = books.invoices.used_credit(order.document_id, source=use.source, credit_id=use.id)
    store_document(services, order.org, "invoices", fetched)
    return Fetched(Credited(fetched.value, used.value), used.as_of)


def judge_credit(order: Order, seen: Credited, today: dt.date, sent: Sent) -> Verdict:
    """used_before + amount on the invoice: done. used_before: not yet. Anything else was done by somebody
    else, or is unclear.
    """
    use, invoice = order.payload_as(CreditUse), seen.invoice
    if invoice.customer_id != order.customer_id:
        return ended(
            OrderState.REFUSED, StoredMessage("This invoice no longer belongs to your company in Zoho.")
        )
    if seen.used == use.used_before + order.seen_total:
        if sent is Sent.NEVER:
            return ended(
                OrderState.CHANGED,
                StoredMessage("It was not sent: this credit had already been used for the invoice."),
            )
        words = StoredMessage("Zoho shows the credit of %(credit)s on the invoice.", credit=use.number)
        return Verdict(Next.CONFIRM, OrderState.CONFIRMED, words, {"status": invoice.status})
    if sent is Sent.UNSETTLED:
        return Verdict(Next.FETCH_AGAIN, OrderState.UNCERTAIN)
    if seen.used != use.used_before:
        words = StoredMessage(
            "Another amount of %(credit)s was used for this invoice meanwhile.", credit=use.number
        )
        if sent is Sent.NEVER:
            return ended(OrderState.CHANGED, join_messages((StoredMessage("It was not sent."), words), " "))
        return ended(
            OrderState.NEEDS_ATTENTION,
            join_messages((words, StoredMessage("A person must look at it.")), " "),
        )
    if not invoice.is_unpaid or invoice.balance < order.seen_total:
        return ended(
            OrderState.CHANGED,
            StoredMessage("It was not sent: less is owed on this invoice now than when you saw it."),
        )
    return effect_not_shown(
        order,
        sent,
        refused=StoredMessage("The invoice is as it was."),
        still=StoredMessage("Zoho still shows the invoice without it."),
    )


def send_credit(books: BooksClient, order: Order, seen: Credited) -> object:
    """The one call that writes. Raises ZohoError."""
    use = order.payload_as(CreditUse)
    amounts = {use.id: order.seen_total}
    if use.source == "payment":
        return books.invoice_actions.apply_credits(order.document_id, payments=amounts)
    return books.invoice_actions.apply_credits(order.document_id, credit_notes=amounts)
