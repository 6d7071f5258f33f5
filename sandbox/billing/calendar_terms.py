"""Subscription terms on the calendar, in months or years."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def term_after(day: str, interval: int, interval_unit: str, times: int = 1) -> str:
    """The first day of the term after the one begun on `day` (yyyy-mm-dd), or of an earlier one if times is
    below 0.

    A day missing in a month becomes its last. interval_unit: months or years.
    """
    start = date.fromisoformat(day)
    months = interval * times * (12 if interval_unit == "years" else 1)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])).isoformat()


def last_day_of(year: int, month: int) -> date:
    """A card is valid to the last day of its month."""
    return date(year, month, monthrange(year, month)[1])
