"""The date range of a statement, from the query: ?from=…&to=…"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from gateway.web.wording import _

USUAL_MONTHS = 3
"""The usual statement: this month and the two before it, up to today."""


@dataclass(frozen=True)
class StatementRange:
    """Both dates inclusive. is_usual: the default range. typed and errors: the fields as entered and their
    errors; with any error, the default range applies.
    """

    since: dt.date
    until: dt.date
    is_usual: bool = True
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> dict[str, str]:
        """Query parameters for the same statement."""
        return {} if self.is_usual else {"from": self.since.isoformat(), "to": self.until.isoformat()}


@dataclass(frozen=True)
class Shortcut:
    """A predefined range."""

    label: str
    since: dt.date
    until: dt.date


def read_statement_range(args: Mapping[str, str], today: dt.date) -> StatementRange:
    """A missing date gets its default. Invalid dates are reported per field."""
    since, until = months_before(today, USUAL_MONTHS - 1), today
    typed = {"from": args.get("from", "").strip()[:40], "to": args.get("to", "").strip()[:40]}
    if not typed["from"] and not typed["to"]:
        return StatementRange(since, until, typed={"from": since.isoformat(), "to": until.isoformat()})
    days = {name: _day(text) for name, text in typed.items()}
    errors = {
        name: _("Please give the day, for example 2026-11-23.")
        for name, text in typed.items()
        if text and days[name] is None
    }
    last = days["to"] or today
    first = days["from"] or months_before(last, USUAL_MONTHS - 1)
    if not errors and first > last:
        errors["from"] = _("The first day is after the last one. Please change one of them.")
    if errors:
        return StatementRange(since, until, typed=typed, errors=errors)
    return StatementRange(
        first, last, is_usual=False, typed={"from": first.isoformat(), "to": last.isoformat()}
    )


def shortcuts(today: dt.date) -> tuple[Shortcut, ...]:
    """This month, last month, this year and last year."""
    this_month, january = months_before(today, 0), today.replace(month=1, day=1)
    day = dt.timedelta(days=1)
    return (
        Shortcut(_("This month"), this_month, today),
        Shortcut(_("Last month"), months_before(today, 1), this_month - day),
        Shortcut(_("This year"), january, today),
        Shortcut(_("Last year"), january.replace(year=today.year - 1), january - day),
    )


def months_before(day: dt.date, months: int) -> dt.date:
    """The first day of the month that many months earlier."""
    months_since = day.year * 12 + day.month - 1 - months
    return dt.date(months_since // 12, months_since % 12 + 1, 1)


def _day(text: str) -> dt.date | None:
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1900 <= found.year <= 9000 else None
