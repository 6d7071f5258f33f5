"""Outstanding amounts per currency, by days overdue. Pure. The home page's figures and the lists behind them
use the same bands, so that they agree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from cache.copies.mirror.row_facets import UNPAID, RowFilter
from config.stored_messages import N_
from connectors.zoho.documents.invoice import Invoice


@dataclass(frozen=True)
class Band:
    """key: used in the list's URL. words: translatable label. first, last: days overdue,
    inclusive; None: unbounded.
    """

    key: str
    label: str
    first: int | None
    last: int | None

    def narrowed(self, day: dt.date) -> RowFilter:
        """Filter for the invoices of this band on that day."""
        if self.first is None:
            return RowFilter(mark=UNPAID, not_late_on=day)
        since = None if self.last is None else day - dt.timedelta(days=self.last)
        # Invoices that Zoho calls overdue on their due date, or without one, belong to the first band.
        until = None if self.first == 1 else day - dt.timedelta(days=self.first)
        return RowFilter(mark=UNPAID, late_on=day, due_since=since, due_until=until)


NOT_DUE = Band("due", N_("Not due yet"), None, None)
BANDS = (
    NOT_DUE,
    Band("late_30", N_("1–30 days overdue"), 1, 30),
    Band("late_60", N_("31–60 days overdue"), 31, 60),
    Band("late_90", N_("61–90 days overdue"), 61, 90),
    Band("late_more", N_("More than 90 days overdue"), 91, None),
)


@dataclass(frozen=True)
class BandSum:
    """Invoices of one band in one currency: balance and count."""

    band: Band
    amount: Decimal
    count: int


@dataclass(frozen=True)
class Segment:
    """One band's segment of a bar BAR wide: offset and width."""

    key: str
    start: int
    width: int


BAR, GAP, MIN_WIDTH = 1000, 4, 12
"""Measures of the bar, in its own units. Nothing that is owed is too narrow to be seen."""


@dataclass(frozen=True)
class Outstanding:
    """All that is owed in one currency; parts follow BANDS, including empty ones."""

    currency: str
    parts: tuple[BandSum, ...]

    @property
    def amount(self) -> Decimal:
        return sum((part.amount for part in self.parts), Decimal(0))

    @property
    def count(self) -> int:
        return sum(part.count for part in self.parts)

    @property
    def overdue(self) -> Decimal:
        return sum((part.amount for part in self.parts[1:]), Decimal(0))

    @property
    def segments(self) -> list[Segment]:
        """The non-empty bands side by side, sized by share."""
        held = [part for part in self.parts if part.amount > 0]
        room = BAR - GAP * (len(held) - 1) - MIN_WIDTH * len(held)
        found, start = [], 0
        for part in held:
            width = MIN_WIDTH + int(room * part.amount / self.amount)
            found.append(Segment(part.band.key, start, width))
            start += width + GAP
        return found


def band_of(invoice: Invoice, day: dt.date) -> Band:
    """Band of an open invoice on the organisation's day, for the home page and the statement."""
    late = invoice.days_overdue(day)
    if late == 0:
        return NOT_DUE
    return next(band for band in BANDS[1:] if band.last is None or late <= band.last)


def outstanding(unpaid: Iterable[Invoice], day: dt.date) -> list[Outstanding]:
    """Per currency, largest first. Never a sum across currencies."""
    balances: dict[str, dict[str, list[Decimal]]] = {}
    for invoice in unpaid:
        bands = balances.setdefault(invoice.currency, {band.key: [] for band in BANDS})
        bands[band_of(invoice, day).key].append(invoice.balance)
    found = [
        Outstanding(
            currency,
            tuple(BandSum(band, sum(bands[band.key], Decimal(0)), len(bands[band.key])) for band in BANDS),
        )
        for currency, bands in balances.items()
    ]
    return sorted(found, key=lambda one: (-one.amount, one.currency))
