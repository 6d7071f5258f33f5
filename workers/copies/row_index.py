"""What a row of the mirror is sorted and filtered by. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from cache.copies.mirror.row_facets import ALWAYS_LATE, NEVER_LATE, RowFacets


@dataclass(frozen=True)
class RowIndex:
    """sort: name → sort key, as text."""

    sort: Mapping[str, str]
    facets: RowFacets


def join_text(*parts: str) -> str:
    """The non-empty parts as one text."""
    return " ".join(part for part in parts if part)


def document_sort(day: dt.date | None, number: str, total: Decimal | None) -> dict[str, str]:
    """The sort keys of every list of documents."""
    return {"date": day_text(day), "number": number, "total": "" if total is None else str(total)}


def late_from(last_day: dt.date | None, *, is_late_in_zoho: bool) -> str:
    """The first day on which the document is late. is_late_in_zoho: Zoho already calls it so, whatever our
    calendar says.
    """
    if is_late_in_zoho:
        return ALWAYS_LATE
    return (
        (last_day + dt.timedelta(days=1)).isoformat() if last_day and last_day < dt.date.max else NEVER_LATE
    )


def day_text(day: dt.date | None) -> str:
    """ISO, "" for none, which sorts first."""
    return day.isoformat() if day else ""
