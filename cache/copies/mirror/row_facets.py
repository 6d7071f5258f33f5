"""What a list is filtered by, as one short text with fixed positions, so that a script scans 20,000 of them
quickly.

Positions, counted from 1: currency 1-3, the document's day 4-13, the day from which it is late 14-23, marks
24-27, the due day 28-37, and from SEARCH_AT the search text; after a NUL the customer, where all
customers' rows are scanned together.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

NEVER_LATE = "9999-12-31"
ALWAYS_LATE = "0001-01-01"

UNPAID = "u"
PARTLY_PAID = "p"
UNUSED = "c"
WITH_ADDRESS = "a"
"""Marks: what follows from a document's amounts but not from its status; for a person, that there is an email
address.
"""


@dataclass(frozen=True, kw_only=True)
class RowFacets:
    """currency: ISO code. day: the document's own. late_from: the first day on which it is overdue or
    expired, or ALWAYS_LATE if Zoho already calls it so. marks: letters. due: its last day. search: text, in
    any case. owner: the customer.
    """

    currency: str = ""
    day: dt.date | None = None
    late_from: str = NEVER_LATE
    marks: str = ""
    due: dt.date | None = None
    search: str = ""
    owner: str = ""

    def packed(self) -> str:
        day, due, terms = (
            _text(self.day),
            _text(self.due) or NEVER_LATE,
            self.search.casefold().replace("\0", " "),
        )
        owner = f"\0{self.owner}" if self.owner else ""
        return f"{self.currency[:3]:3}{day:10}{self.late_from:10}{self.marks[:4]:4}{due:10}{terms}{owner}"


NO_FACETS = RowFacets()


@dataclass(frozen=True, kw_only=True)
class RowFilter:
    """Conditions that all must match; unset ones match everything.

    since, until: the document's day, inclusive. due_since, due_until: the due day, inclusive; without one it
    counts as due at the end of time. late_on, not_late_on: whether it is late on that day. mark: a letter of
    its marks. plan: the plan it was made for (cache/copies/mirror/invoice_plans.py). search: words that must
    all occur.
    """

    currency: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    due_since: dt.date | None = None
    due_until: dt.date | None = None
    late_on: dt.date | None = None
    not_late_on: dt.date | None = None
    mark: str = ""
    plan: str = ""
    search: str = ""

    def as_json(self) -> str:
        """As JSON for the script: only the set conditions; "{}" if there are none."""
        terms = self.search.casefold().split()
        asked: dict[str, object] = {
            "currency": f"{self.currency[:3]:3}" if self.currency else "",
            "since": _text(self.since),
            "until": _text(self.until),
            "due_since": _text(self.due_since),
            "due_until": _text(self.due_until),
            "late_on": _text(self.late_on),
            "not_late_on": _text(self.not_late_on),
            "mark": self.mark,
            "plan": self.plan,
            "terms": terms,
            "search_at": SEARCH_AT if terms else 0,
        }
        return json.dumps({name: value for name, value in asked.items() if value})


EVERYTHING = RowFilter()


def marks_and_owner(packed: str) -> tuple[str, str]:
    """Unpack facets that include their owner."""
    return packed[23:27], packed.rpartition("\0")[2]


def _text(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


SEARCH_AT = len(NO_FACETS.packed()) + 1
"""Where the search text begins, for the scripts: after everything of fixed width."""
