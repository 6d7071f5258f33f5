"""A customer's available credit: credit notes and payments with an unused balance (zoho.md 5.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from cache.copies.mirror.row_facets import UNUSED, RowFilter
from config.stored_messages import N_, StoredMessage
from connectors.zoho.documents.credit_note import CreditNote
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.payment import Payment
from gateway.web.access import ClientVisit
from gateway.web.services import services

SCAN_LIMIT = 500
"""Newest credit notes and payments with something left."""

CREDIT_LABELS = {"credit_note": N_("credit note %(number)s"), "payment": N_("payment %(number)s")}
SOURCES = ("credit_notes", "payments")


@dataclass(frozen=True)
class OpenCredit:
    """source: credit_note or payment. left: unused balance."""

    source: str
    id: str
    number: str
    date: dt.date | None
    left: Decimal
    currency: str


@dataclass(frozen=True)
class CreditSum:
    """All credit in one currency, with its parts."""

    currency: str
    credits: tuple[OpenCredit, ...]

    @property
    def amount(self) -> Decimal:
        return sum((credit.left for credit in self.credits), Decimal(0))


@dataclass(frozen=True)
class AvailableCredit:
    """source: credit_note or payment. left: unused balance; amount: how much of it this invoice can take."""

    source: str
    id: str
    number: str
    left: Decimal
    amount: Decimal
    currency: str


def available_credit(visit: ClientVisit, invoice: Invoice) -> list[AvailableCredit]:
    """Credit in the invoice's currency, newest first; empty when nothing is owed."""
    if not invoice.can_be_paid():
        return []
    return [
        AvailableCredit(
            item.source,
            item.id,
            StoredMessage(CREDIT_LABELS[item.source], number=item.number),
            item.left,
            min(item.left, invoice.balance),
            invoice.currency,
        )
        for item in _open_credit(visit)
        if item.currency == invoice.currency
    ]


def credit_sums(visit: ClientVisit) -> list[CreditSum] | None:
    """Per currency, largest first; None until both lists are complete, since a partial sum would be wrong."""
    if not all(services().mirror.is_complete(visit.scope.org, name) for name in SOURCES):
        return None
    found: dict[str, list[OpenCredit]] = {}
    for one in _open_credit(visit):
        found.setdefault(one.currency, []).append(one)
    return sorted(
        (CreditSum(currency, tuple(credits)) for currency, credits in found.items()),
        key=lambda one: (-one.amount, one.currency),
    )


def _open_credit(visit: ClientVisit) -> Iterator[OpenCredit]:
    """Credit notes first, then payments, each newest first."""
    mirror = services().mirror
    page = mirror.page(
        visit.scope,
        "credit_notes",
        statuses=frozenset({"open"}),
        sort="date",
        descending=True,
        offset=0,
        limit=SCAN_LIMIT,
    )
    for row in page.rows:
        note = CreditNote.from_stored(row.body)
        if note.balance > 0:
            yield OpenCredit("credit_note", note.id, note.number, note.date, note.balance, note.currency)
    narrowed = RowFilter(mark=UNUSED)
    page = mirror.page(
        visit.scope,
        "payments",
        narrowed=narrowed,
        sort="date",
        descending=True,
        offset=0,
        limit=SCAN_LIMIT,
    )
    for row in page.rows:
        payment = Payment.from_stored(row.body)
        if payment.unused_amount:
            yield OpenCredit(
                "payment", payment.id, payment.number, payment.date, payment.unused_amount, payment.currency
            )
