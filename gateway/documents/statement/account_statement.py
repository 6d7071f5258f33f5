"""A statement of account: opening balance, entries with running balance, closing balance; one per currency,
never across. Pure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from connectors.zoho.documents.invoice import Invoice
from gateway.documents.ageing import BANDS, Band, band_of
from gateway.documents.statement.entries import (
    ORDER,
    AccountDocuments,
    EntryKind,
    StatementEntry,
    entries_of,
    total_of,
)


@dataclass(frozen=True)
class Line:
    """An entry and the balance after it."""

    entry: StatementEntry
    balance: Decimal


@dataclass(frozen=True)
class KindSum:
    """Count and total of one kind of entry."""

    kind: EntryKind
    count: int
    amount: Decimal


@dataclass(frozen=True)
class BandInvoices:
    """Open invoices of one band (gateway/documents/ageing.py) and their total balance."""

    band: Band
    invoices: tuple[Invoice, ...]
    amount: Decimal


@dataclass(frozen=True)
class UnusedCredit:
    """Unused part of a credit note or payment."""

    id: str
    number: str
    is_payment: bool
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class AccountSummary:
    """The account's current summary, over all documents. unexplained: difference between Zoho's balances and
    the documents, such as withheld taxes; zero when they agree.
    """

    bands: tuple[BandInvoices, ...]
    credits: tuple[UnusedCredit, ...]
    owed: Decimal
    credit: Decimal
    unexplained: Decimal

    @property
    def balance(self) -> Decimal:
        return self.owed - self.credit


@dataclass(frozen=True, kw_only=True)
class CurrencyStatement:
    """before and within: entries behind the opening balance, and those in the range.
    later: entries after it.
    """

    currency: str
    opening: Decimal
    before: tuple[KindSum, ...]
    lines: tuple[Line, ...]
    within: tuple[KindSum, ...]
    closing: Decimal
    later: int
    summary: AccountSummary


def statements_of(
    documents: AccountDocuments, since: dt.date, until: dt.date, *, today: dt.date
) -> tuple[CurrencyStatement, ...]:
    """Currency code → statement, for each currency ever used. since and until: inclusive. today: the
    organisation's date, used for ageing.
    """
    entries = entries_of(documents)
    currencies = sorted({entry.currency for entry in entries})
    return tuple(
        _one(
            currency,
            [entry for entry in entries if entry.currency == currency],
            documents,
            since,
            until,
            today,
        )
        for currency in currencies
    )


def _one(
    currency: str,
    entries: list[StatementEntry],
    documents: AccountDocuments,
    since: dt.date,
    until: dt.date,
    today: dt.date,
) -> CurrencyStatement:
    before = [entry for entry in entries if (entry.day or dt.date.min) < since]
    within = [entry for entry in entries if entry.day is not None and since <= entry.day <= until]
    opening = total_of(before)
    lines = tuple(_running(opening, within))
    return CurrencyStatement(
        currency=currency,
        opening=opening,
        before=_sums(before),
        lines=lines,
        within=_sums(within),
        closing=lines[-1].balance if lines else opening,
        later=len(entries) - len(before) - len(within),
        summary=_summary(currency, documents, today, total_of(entries)),
    )


def _running(opening: Decimal, entries: Iterable[StatementEntry]) -> Iterator[Line]:
    balance = opening
    for entry in entries:
        balance += entry.amount
        yield Line(entry, balance)


def _sums(entries: list[StatementEntry]) -> tuple[KindSum, ...]:
    by_kind = {kind: [entry for entry in entries if entry.kind is kind] for kind in ORDER}
    return tuple(KindSum(kind, len(found), total_of(found)) for kind, found in by_kind.items() if found)


def _summary(
    currency: str, documents: AccountDocuments, today: dt.date, of_documents: Decimal
) -> AccountSummary:
    owed = [
        invoice for invoice in documents.counted_invoices if invoice.currency == currency and invoice.balance
    ]
    owed.sort(key=lambda one: (one.due_on or one.date or dt.date.max, one.number))
    credits = tuple(_credits(currency, documents))
    bands = tuple(
        _in_band(band, [invoice for invoice in owed if band_of(invoice, today) is band]) for band in BANDS
    )
    summary = (
        sum((band.amount for band in bands), Decimal(0)),
        sum((credit.amount for credit in credits), Decimal(0)),
    )
    return AccountSummary(
        bands=bands,
        credits=credits,
        owed=summary[0],
        credit=summary[1],
        unexplained=summary[0] - summary[1] - of_documents,
    )


def _in_band(band: Band, invoices: list[Invoice]) -> BandInvoices:
    return BandInvoices(band, tuple(invoices), sum((invoice.balance for invoice in invoices), Decimal(0)))


def _credits(currency: str, documents: AccountDocuments) -> Iterator[UnusedCredit]:
    for note in documents.counted_notes:
        if note.currency == currency and note.balance:
            yield UnusedCredit(note.id, note.number, False, note.balance)
    for payment in documents.payments:
        if documents.currency_of(payment) == currency and payment.unused_amount:
            yield UnusedCredit(payment.id, payment.number, True, payment.unused_amount)
