"""One row of a list in the mirror."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from cache.copies.mirror.row_facets import NO_FACETS, RowFacets

TRAILING_DIGITS = re.compile(r"(\d{1,15})\D*$")


@dataclass(frozen=True, kw_only=True)
class MirrorRow:
    """version: UTC ISO of last_modified_time, "" if Zoho gave none. body: the document's stored form. as_of:
    when Zoho returned it.
    """

    kind: str
    id: str
    customer_id: str
    version: str
    status: str
    body: dict[str, Any]
    as_of: dt.datetime


@dataclass(frozen=True, kw_only=True)
class IndexedRow(MirrorRow):
    """A row to be stored in the mirror. sort: name → sort key as text (ISO date, decimal or plain text).
    place: its sort key among all customers' rows of its kind (cache/copies/directory/customer_directory.py);
    None for kinds without such a list.
    """

    sort: Mapping[str, str]
    facets: RowFacets = NO_FACETS
    place: str | None = None

    def packed(self) -> str:
        as_of = self.as_of.astimezone(dt.UTC).isoformat(timespec="microseconds")
        place = [] if self.place is None else [self.place]
        return _json(
            [self.customer_id, self.status, self.version, as_of, sorted(self.sort), self.body, *place]
        )

    def packed_scores(self) -> str:
        return _json({name: score(text) for name, text in self.sort.items()})


@dataclass(frozen=True)
class MirrorPage:
    """total: matching rows on all pages. is_complete: whether the list was read in full. is_torn: whether
    part of it was just found evicted, so that nothing can be shown. currencies: of all the customer's rows in
    this list, whatever the filter.
    oldest_as_of: of the rows on this page, None if it is empty.
    """

    rows: list[MirrorRow]
    total: int
    is_complete: bool = False
    is_torn: bool = False
    currencies: tuple[str, ...] = ()

    @property
    def oldest_as_of(self) -> dt.datetime | None:
        return min((row.as_of for row in self.rows), default=None)


def unpacked(kind: str, row_id: str, text: str) -> MirrorRow:
    """The row from its `packed` form."""
    customer_id, status, version, as_of, _, body, *_ = json.loads(text)
    return MirrorRow(
        kind=kind,
        id=row_id,
        customer_id=customer_id,
        version=version,
        status=status,
        body=body,
        as_of=dt.datetime.fromisoformat(as_of),
    )


def score(text: str) -> float:
    """A number that sorts like the text: dates by day, decimals by value, numbers like INV-0042 by their
    digits, text by its first letters. "" sorts first.
    """
    if not text:
        return -1e15
    try:
        return float(dt.date.fromisoformat(text[:10]).toordinal())
    except ValueError:
        pass
    try:
        return float(Decimal(text))
    except InvalidOperation:
        pass
    if digits := TRAILING_DIGITS.search(text):
        return float(digits.group(1))
    return float(int.from_bytes(text.casefold().encode()[:6].ljust(6, b"\0")))


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
