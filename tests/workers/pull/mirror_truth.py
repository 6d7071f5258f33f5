"""What the mirror should say, worked out from Zoho's own bodies."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from cache.copies.mirror.row_facets import PARTLY_PAID, UNPAID, RowFilter
from connectors.zoho.documents.invoice import OPEN_STATUSES


def version_of_text(stamp: str) -> str:
    """Zoho's time of a change as rows keep it."""
    return dt.datetime.fromisoformat(stamp).astimezone(dt.UTC).isoformat(timespec="seconds")


def figure(body: dict[str, Any]) -> tuple[Decimal, Decimal]:
    return Decimal(body["total"]), Decimal(body.get("balance", "0"))


def groups(kind: str, today: dt.date) -> list[tuple[str, frozenset[str] | None, RowFilter, Any]]:
    """The filters of the client's lists, each beside the plain rule it stands for."""
    everything = ("all", None, RowFilter(), lambda one: True)
    if kind == "estimates":
        return [
            everything,
            (
                "waiting",
                frozenset({"sent"}),
                RowFilter(not_late_on=today),
                lambda one: one.can_be_answered(today),
            ),
        ]
    return [
        everything,
        ("unpaid", OPEN_STATUSES, RowFilter(mark=UNPAID), lambda one: one.is_unpaid),
        ("overdue", OPEN_STATUSES, RowFilter(mark=UNPAID, late_on=today), lambda one: one.is_overdue(today)),
        (
            "due",
            OPEN_STATUSES,
            RowFilter(mark=UNPAID, not_late_on=today),
            lambda one: one.is_unpaid and not one.is_overdue(today),
        ),
        ("partly paid", OPEN_STATUSES, RowFilter(mark=PARTLY_PAID), lambda one: one.is_partly_paid),
        ("paid", frozenset({"paid"}), RowFilter(), lambda one: True),
    ]
