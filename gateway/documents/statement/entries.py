"""Turns each document into one statement entry in its own currency. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from connectors.zoho.documents.credit_note import CreditNote
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.payment import Payment
from connectors.zoho.documents.refund import Refund

VOID = "void"


class EntryKind(StrEnum):
    """In the order used for entries of one day."""

    INVOICE = "invoice"
    WRITE_OFF = "write_off"
    CREDIT_NOTE = "credit_note"
    PAYMENT = "payment"
    REFUND = "refund"


ORDER = tuple(EntryKind)


@dataclass(frozen=True, kw_only=True)
class StatementEntry:
    """amount: positive increases the debt, negative reduces it. day: None when Zoho gave none; sorts first.
    id: of the document to link to; for a refund, the document that was refunded.
    """

    kind: EntryKind
    day: dt.date | None
    id: str
    number: str = ""
    reference: str = ""
    amount: Decimal
    currency: str
    of_payment: bool = False

    @property
    def place(self) -> tuple[dt.date, int, str, str]:
        return self.day or dt.date.min, ORDER.index(self.kind), self.number, self.id


@dataclass(frozen=True, kw_only=True)
class AccountDocuments:
    """Everything issued to one customer, without drafts. refunds: of these credit notes and payments.
    home_currency: the customer's, for payments where Zoho's list gives none (zoho.md 4.6).
    """

    invoices: tuple[Invoice, ...] = ()
    credit_notes: tuple[CreditNote, ...] = ()
    payments: tuple[Payment, ...] = ()
    refunds: tuple[Refund, ...] = ()
    home_currency: str = ""

    @property
    def counted_invoices(self) -> tuple[Invoice, ...]:
        """Void invoices do not count."""
        return tuple(invoice for invoice in self.invoices if invoice.status != VOID)

    @property
    def counted_notes(self) -> tuple[CreditNote, ...]:
        return tuple(note for note in self.credit_notes if note.status != VOID)

    def currency_of(self, payment: Payment) -> str:
        return payment.currency or self.home_currency


def entries_of(documents: AccountDocuments) -> list[StatementEntry]:
    """All entries, oldest first. A write-off gets its invoice's date: Zoho's lists do not give its own."""
    made = (
        *_of_invoices(documents),
        *_of_notes(documents),
        *_of_payments(documents),
        *_of_refunds(documents),
    )
    return sorted(made, key=lambda entry: entry.place)


def _of_invoices(documents: AccountDocuments) -> Iterator[StatementEntry]:
    for invoice in documents.counted_invoices:
        shared = {
            "day": invoice.date,
            "id": invoice.id,
            "number": invoice.number,
            "reference": invoice.reference,
            "currency": invoice.currency,
        }
        yield StatementEntry(kind=EntryKind.INVOICE, amount=invoice.total, **shared)  # type: ignore[arg-type]  # the shared parts of two entries
        if invoice.write_off:
            yield StatementEntry(kind=EntryKind.WRITE_OFF, amount=-invoice.write_off, **shared)  # type: ignore[arg-type]


def _of_notes(documents: AccountDocuments) -> Iterator[StatementEntry]:
    for note in documents.counted_notes:
        yield StatementEntry(
            kind=EntryKind.CREDIT_NOTE,
            day=note.date,
            id=note.id,
            number=note.number,
            reference=note.reference,
            amount=-note.total,
            currency=note.currency,
        )


def _of_payments(documents: AccountDocuments) -> Iterator[StatementEntry]:
    for payment in documents.payments:
        yield StatementEntry(
            kind=EntryKind.PAYMENT,
            day=payment.date,
            id=payment.id,
            number=payment.number,
            reference=payment.reference,
            amount=-payment.amount,
            currency=documents.currency_of(payment),
        )


def _of_refunds(documents: AccountDocuments) -> Iterator[StatementEntry]:
    """Skips refunds of documents that do not count or are not this customer's."""
    notes = {note.id: note.currency for note in documents.counted_notes}
    payments = {payment.id: documents.currency_of(payment) for payment in documents.payments}
    for refund in documents.refunds:
        currency = notes.get(refund.of_id) or payments.get(refund.of_id)
        if currency is not None:
            yield StatementEntry(
                kind=EntryKind.REFUND,
                day=refund.date,
                id=refund.of_id,
                number=refund.number,
                reference=refund.reference,
                amount=refund.amount,
                currency=currency,
                of_payment=refund.of_id in payments,
            )


def total_of(entries: Iterable[StatementEntry]) -> Decimal:
    """Exact sum. The caller ensures a single currency."""
    return sum((entry.amount for entry in entries), Decimal(0))
