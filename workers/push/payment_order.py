"""Record a payment that a client reported and the merchant confirmed. A repeat would be a second payment
(zoho.md 4.6), so it is searched by the request's number, and a field without duplicates in the merchant's
books is a second safeguard (zoho.md 3.3).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cache.records.orders.order import Order, OrderState
from cache.records.orders.reported_payment import payment_of
from config.stored_messages import StoredMessage
from connectors.zoho.api import scopes
from connectors.zoho.api.fetched import Fetched
from connectors.zoho.api.scopes import covers
from connectors.zoho.books.client import BooksClient
from connectors.zoho.books.offline_payment import OfflinePayment
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.payment import Payment
from workers.copies.store_fetched import store_document
from workers.push.verdict import Next, Sent, Verdict, effect_not_shown, ended
from workers.services import Services


@dataclass(frozen=True)
class Recorded:
    """An invoice, the payments with the request's number, and the merchant's unique field ("" for none)."""

    invoice: Invoice
    payments: tuple[Payment, ...]
    unique_field: str


def fetch_recorded_payments(services: Services, books: BooksClient, order: Order) -> Fetched[Recorded]:
    """Two calls. Raises ZohoError."""
    payments = books.customer_payments.with_reference(order.customer_id, order.id)
    invoice = books.invoices.get(order.document_id)
    store_document(services, order.org, "invoices", invoice)
    return Fetched(Recorded(invoice.value, payments.value, _unique_field(services, order.org)), invoice.as_of)


def judge_payment(order: Order, seen: Recorded, today: dt.date, sent: Sent) -> Verdict:
    """A payment with the request's number is the proof, whoever recorded it."""
    invoice = seen.invoice
    if len(seen.payments) > 1:
        words = StoredMessage(
            "Zoho shows %(count)s payments with this request's number. A person must look at it.",
            count=len(seen.payments),
        )
        return ended(OrderState.NEEDS_ATTENTION, words)
    if seen.payments:
        result = {"status": invoice.status, "payment_id": seen.payments[0].id}
        return Verdict(Next.CONFIRM, OrderState.CONFIRMED, StoredMessage("Zoho shows the payment."), result)
    if sent is Sent.UNSETTLED:
        return Verdict(Next.FETCH_AGAIN, OrderState.UNCERTAIN)
    if invoice.customer_id != order.customer_id:
        return ended(
            OrderState.REFUSED, StoredMessage("This invoice no longer belongs to your company in Zoho.")
        )
    if not invoice.is_unpaid or invoice.balance < order.seen_total:
        words = StoredMessage(
            "It was not recorded: less is owed on this invoice now than when the payment was reported."
        )
        return ended(OrderState.CHANGED, words, {"status": invoice.status})
    return effect_not_shown(
        order,
        sent,
        refused=StoredMessage("The invoice is as it was."),
        still=StoredMessage("Zoho does not show the payment."),
    )


def send_payment(books: BooksClient, order: Order, seen: Recorded) -> object:
    """The one call that writes. Raises ZohoError."""
    told = payment_of(order.payload)
    if told is None:
        raise ValueError(f"{order.id} carries no payment")
    payment = OfflinePayment(
        customer_id=order.customer_id,
        amount=order.seen_total,
        date=told.date,
        mode=told.mode,
        reference=order.id,
        description=(
            f"Reported by {order.person_name} in the client portal. Their reference: "
            f"{told.reference or 'none'}"
        )[:500],
        applied={order.document_id: order.seen_total},
    )
    if seen.unique_field:
        return books.customer_payments.record_once(payment, unique_field=seen.unique_field)
    return books.customer_payments.record(payment)


def _unique_field(services: Services, org: str) -> str:
    """The merchant's unique field, if the connection may use it; without it the search alone must do."""
    connection = services.connections.get(org)
    allowed = connection is not None and covers(connection.scopes, scopes.PAYMENTS_UPDATE)
    return services.portal_settings.get(org).unique_payment_field if allowed else ""
