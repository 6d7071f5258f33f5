"""What a customer could use for an invoice: credit notes with something left, and payments of which something is left (FACTS 5.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from connectors.zoho.documents.credit_note import CreditNote
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.payment import Payment
from gateway.access import ClientVisit
from gateway.wiring import wired

LOOKED_THROUGH = 500
"""Newest credit notes and payments among which those with something left are found."""


@dataclass(frozen=True)
class AvailableCredit:
    """source: credit_note or payment. left: what can still be used of it; amount: what of that this invoice can take."""

    source: str
    id: str
    number: str
    left: Decimal
    amount: Decimal
    currency: str


def available_credit(visit: ClientVisit, invoice: Invoice) -> list[AvailableCredit]:
    """For this invoice, in its currency, newest first; nothing where nothing is owed."""
    if not invoice.can_be_paid():
        return []
    return [
        AvailableCredit(source, one_id, number, left, min(left, invoice.balance), invoice.currency)
        for source, one_id, number, left, currency in (*_credit_notes(visit), *_payments(visit))
        if currency == invoice.currency and left > 0
    ]


def _credit_notes(visit: ClientVisit) -> Iterator[tuple[str, str, str, Decimal, str]]:
    page = wired().mirror.page(
        visit.scope, "credit_notes", statuses=frozenset({"open"}), sort="date", descending=True, offset=0, limit=LOOKED_THROUGH
    )
    for row in page.rows:
        note = CreditNote.from_stored(row.body)
        yield "credit_note", note.id, f"credit note {note.number}", note.balance or Decimal(0), note.currency


def _payments(visit: ClientVisit) -> Iterator[tuple[str, str, str, Decimal, str]]:
    page = wired().mirror.page(visit.scope, "payments", sort="date", descending=True, offset=0, limit=LOOKED_THROUGH)
    for row in page.rows:
        payment = Payment.from_stored(row.body)
        yield "payment", payment.id, f"payment {payment.number}", payment.unused_amount or Decimal(0), payment.currency
