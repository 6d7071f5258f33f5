"""The mirror: every list row from Zoho, per customer, so that a page costs one round trip and no call to
Zoho.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from redis import Redis

from cache.copies.mirror import keys as mirror_keys
from cache.copies.mirror.mirror_row import IndexedRow, MirrorPage, MirrorRow, unpacked
from cache.copies.mirror.row_facets import ALWAYS_LATE, EVERYTHING, UNPAID, RowFilter
from cache.lua import load_script
from cache.scope import CustomerScope

PAGE = load_script(__package__, "page")
PUT = load_script(__package__, "put")
REMOVE = load_script(__package__, "remove")

WHOLE = "*"
"""The field among the customers' counts that marks a kind as read in full."""


@dataclass(frozen=True)
class PutResult:
    """The result of storing a page of rows. stored: ids of new or changed rows."""

    stored: tuple[str, ...] = ()
    unchanged: int = 0


class Mirror:
    """kind: contacts, persons, estimates, invoices, payments. Client pages read through a CustomerScope only.

    Anything may be evicted at any time. A torn kind is never shown: it counts as unread until it is read
    again.
    """

    def __init__(self, copies: Redis) -> None:
        self._copies = copies
        self._put = copies.register_script(PUT)
        self._remove = copies.register_script(REMOVE)
        self._page = copies.register_script(PAGE)

    def put_page(self, org: str, rows: Iterable[IndexedRow]) -> PutResult:
        """Store rows that are newer than the stored ones; the indexes are updated in the same step."""
        page = list(rows)
        with self._copies.pipeline(transaction=False) as pipe:
            for row in page:
                args = [
                    *_prefixes(org, row.kind),
                    row.id,
                    row.packed(),
                    row.packed_scores(),
                    row.facets.packed(),
                ]
                self._put(keys=_all_stores(org, row.kind), args=args, client=pipe)
            answers = pipe.execute()
        stored = tuple(row.id for row, answer in zip(page, answers, strict=True) if answer == "stored")
        return PutResult(stored, answers.count("unchanged"))

    def page(  # noqa: PLR0913 - to be grouped with the fields it fills
        self,
        scope: CustomerScope,
        kind: str,
        *,
        sort: str,
        descending: bool,
        offset: int,
        limit: int,
        statuses: frozenset[str] | None = None,
        hidden: frozenset[str] = frozenset(),
        narrowed: RowFilter = EVERYTHING,
    ) -> MirrorPage:
        """One page of a customer's rows, in one round trip. statuses: only these; None: all but
        hidden ones.
        """
        status_args = ["but", *sorted(hidden)] if statuses is None else ["only", *sorted(statuses - hidden)]
        answer = self._page(
            keys=[*_stores(scope.org, kind), mirror_keys.invoice_plans(scope.org, scope.customer_id)],
            args=[
                *_prefixes(scope.org, kind),
                scope.customer_id,
                sort,
                int(descending),
                offset,
                limit,
                narrowed.as_json(),
                WHOLE,
                *status_args,
            ],
        )
        if answer[0] < 0:
            self.mark_torn(scope.org, kind)
            return MirrorPage([], 0, is_torn=True)
        rows = [unpacked(kind, row_id, text) for row_id, text in zip(answer[3::2], answer[4::2], strict=True)]
        mine = [row for row in rows if row.customer_id == scope.customer_id]
        currencies = tuple(sorted(found.strip() for found in answer[2] if found.strip()))
        return MirrorPage(mine, answer[0], is_complete=bool(answer[1]), currencies=currencies)

    def get(self, scope: CustomerScope, kind: str, row_id: str) -> MirrorRow | None:
        """Another customer's id counts as absent."""
        row = self.by_id(scope.org, kind, row_id)
        return row if row is not None and row.customer_id == scope.customer_id else None

    def by_id(self, org: str, kind: str, row_id: str) -> MirrorRow | None:
        """For workers, which act for the whole organisation."""
        text: Any = self._copies.hget(mirror_keys.rows(org, kind), row_id)
        return unpacked(kind, row_id, text) if text else None

    def ids(self, org: str, kind: str) -> set[str]:
        """Every id, for sweeps."""
        found: Any = self._copies.hkeys(mirror_keys.rows(org, kind))
        return set(found)

    def all_rows(self, org: str, kind: str) -> list[MirrorRow]:
        """Every row of a short list, for workers, sorted by id."""
        found: Any = self._copies.hgetall(mirror_keys.rows(org, kind))
        return [unpacked(kind, row_id, found[row_id]) for row_id in sorted(found)]

    def unpaid_rows(self, org: str, kind: str, *, due_from: dt.date, due_until: dt.date) -> list[MirrorRow]:
        """Unpaid rows due between these days (inclusive), and those Zoho calls late; for workers."""
        first, last = ((day + dt.timedelta(days=1)).isoformat() for day in (due_from, due_until))
        found = []
        for row_id, packed in self._copies.hscan_iter(mirror_keys.facets(org, kind), count=1000):
            late_from = packed[13:23]
            if UNPAID in packed[23:27] and (late_from == ALWAYS_LATE or first <= late_from <= last):
                found.append(row_id)
        rows = [(row_id, self.by_id(org, kind, row_id)) for row_id in dict.fromkeys(found)]
        return [row for _, row in rows if row is not None]

    def count(self, org: str, kind: str) -> int:
        """The number of rows of all customers."""
        return int(self._copies.hlen(mirror_keys.rows(org, kind)))

    def remove(self, org: str, kind: str, row_id: str) -> bool:
        """Delete a row that Zoho no longer has; returns whether it existed."""
        return bool(self._remove(keys=_all_stores(org, kind), args=[*_prefixes(org, kind), row_id]))

    def is_complete(self, org: str, kind: str) -> bool:
        """Whether the kind was read in full and is not known to be torn."""
        return bool(self._copies.hexists(mirror_keys.customers(org, kind), WHOLE))

    def mark_complete(self, org: str, kind: str) -> None:
        self._copies.hset(mirror_keys.customers(org, kind), WHOLE, "1")

    def mark_torn(self, org: str, kind: str) -> None:
        """Rows are missing: lists show "not available now" until the next full read."""
        self._copies.hdel(mirror_keys.customers(org, kind), WHOLE)

    def forget(self, org: str, kind: str) -> None:
        """Delete a whole kind before reading it again: rows, counts and indexes. New rows on top of a torn
        kind would give wrong counts.
        """
        keys_to_delete = _all_stores(org, kind)
        for prefix in _prefixes(org, kind):
            keys_to_delete += list(self._copies.scan_iter(match=_literal(prefix) + "*", count=1000))
        for start in range(0, len(keys_to_delete), 500):
            self._copies.unlink(*keys_to_delete[start : start + 500])


def _stores(org: str, kind: str) -> list[str]:
    return [mirror_keys.rows(org, kind), mirror_keys.customers(org, kind), mirror_keys.facets(org, kind)]


def _all_stores(org: str, kind: str) -> list[str]:
    return [*_stores(org, kind), mirror_keys.places(org, kind)]


def _prefixes(org: str, kind: str) -> list[str]:
    return [mirror_keys.index_prefix(org, kind), mirror_keys.statuses_prefix(org, kind)]


def _literal(text: str) -> str:
    """The text with Redis' glob characters escaped."""
    return "".join(f"\\{character}" if character in "*?[]^\\" else character for character in text)
