"""A statement as spreadsheet rows: dates, amounts and balances as plain values, without formulas."""

from __future__ import annotations

from collections.abc import Iterator

from gateway.documents.statement.account_statement import CurrencyStatement
from gateway.documents.statement.labels import entry_label
from gateway.documents.statement.reader import LoadedStatement
from gateway.web.wording import _


def columns() -> tuple[str, ...]:
    return _("Currency"), _("Date"), _("Document"), _("Reference"), _("Amount"), _("Balance"), _("As of")


def table_rows(reading: LoadedStatement) -> Iterator[tuple[str, ...]]:
    """Per currency: opening balance, entries, closing balance. Last column: as_of of the oldest list, UTC."""
    as_of = reading.as_of.isoformat(timespec="seconds") if reading.as_of else ""
    for statement in reading.statements:
        for row in _rows(statement):
            yield (*row, as_of)


def _rows(statement: CurrencyStatement) -> Iterator[tuple[str, ...]]:
    currency = statement.currency
    yield currency, "", _("Opening balance"), "", "", str(statement.opening)
    for line in statement.lines:
        entry = line.entry
        day = entry.day.isoformat() if entry.day else ""
        yield currency, day, entry_label(entry), entry.reference, str(entry.amount), str(line.balance)
    yield currency, "", _("Closing balance"), "", "", str(statement.closing)
