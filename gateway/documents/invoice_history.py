"""History of an invoice, oldest first: issued, due, paid, credited, and the client's
orders.

Zoho's own history does not mark what clients may see (zoho.md 4.4), so it is built from what is certain.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from flask import url_for

from cache.records.orders.order import Order
from connectors.zoho.document_kinds import PAYMENTS
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.payment import Payment
from gateway.reading.invoice_settlement import LoadedSettlement
from gateway.requests.order_kinds import ORDER_PAGES
from gateway.web.access import ClientVisit
from gateway.web.services import services
from gateway.web.template_filters import organisation_zone, today
from gateway.web.wording import _


@dataclass(frozen=True)
class HistoryEntry:
    """words: "" when order supplies the text. amount: in the invoice's currency, None for none. address: URL
    with details, "" for none.
    """

    day: dt.date
    text: str = ""
    amount: Decimal | None = None
    address: str = ""
    order: Order | None = None


def history_of(
    visit: ClientVisit, invoice: Invoice, settled: LoadedSettlement | None, orders: Iterable[Order]
) -> list[HistoryEntry]:
    """History of an invoice loaded for this client. Comments are shown under the document instead."""
    found = [*_days(invoice), *_settled(visit, settled), *_requested(orders)]
    return sorted(found, key=lambda one: one.day)


def _days(invoice: Invoice) -> Iterator[HistoryEntry]:
    if invoice.date:
        yield HistoryEntry(invoice.date, _("Issued"), invoice.total)
    if invoice.due_on and invoice.due_on < today() and invoice.is_unpaid:
        yield HistoryEntry(invoice.due_on, _("Was due"))


def _settled(visit: ClientVisit, settled: LoadedSettlement | None) -> Iterator[HistoryEntry]:
    if settled is None:
        return
    for payment in settled.settlement.payments:
        row = services().mirror.get(visit.scope, PAYMENTS.name, payment.id)
        mode = Payment.from_stored(row.body).mode if row else ""
        text = _("Paid by %(mode)s", mode=mode) if mode else _("Paid")
        there = row is not None and visit.shows("payments")
        yield HistoryEntry(
            payment.date or dt.date.min,
            text,
            payment.amount,
            url_for("payments.detail", payment_id=payment.id) if there else "",
        )
    for credit in settled.settlement.credits:
        address = url_for("credit_notes.detail", creditnote_id=credit.id) if visit.shows("payments") else ""
        yield HistoryEntry(
            credit.date or dt.date.min,
            _("Credit note %(number)s used", number=credit.number),
            credit.amount,
            address,
        )


def _requested(orders: Iterable[Order]) -> Iterator[HistoryEntry]:
    for order in orders:
        if ORDER_PAGES[order.kind].is_in_history:
            day = order.recorded_at.astimezone(organisation_zone()).date()
            yield HistoryEntry(day, address=url_for("requests.detail", order_id=order.id), order=order)
