"""Every customer and contact person of an organisation, for the merchant who invites them. Never for client
pages.

The mirror keeps customers sorted by name in the same step as their rows, so a page costs only its own rows. A
search or filter scans every customer's or person's search text, in portions, so that it does not block
others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from typing import Any

from redis import Redis

from cache.copies.mirror import keys as mirror_keys
from cache.copies.mirror.mirror import WHOLE, Mirror
from cache.copies.mirror.mirror_row import MirrorRow, unpacked
from cache.copies.mirror.row_facets import SEARCH_AT, WITH_ADDRESS, marks_and_owner
from cache.lua import load_script

SIFT = load_script(__package__, "sift")

AT_ONCE = 2_000
"""Customers or persons scanned per step; Redis serves nobody else during it, for some milliseconds."""

FROM_THE_FIRST = "-"
"""Sorts before every member; scanning continues after the last one, so that additions meanwhile skip nobody.
"""

FIRST_CURSOR = "0"
"""HSCAN's cursor at the start and at the end."""


class CustomerDirectory:
    """Reads the mirror without a customer scope: the merchant may see all of their own customers.

    If the name order, the rows and the search texts differ in length, one of them was evicted: nothing is
    shown, and all are read again.
    """

    def __init__(self, copies: Redis) -> None:
        self._copies = copies
        self._mirror = Mirror(copies)
        self._sift = copies.register_script(SIFT)

    def page(self, org: str, offset: int, limit: int) -> tuple[list[str], int]:
        """(ids of the customers from `offset` on, by name; how many there are)."""
        places, counts = mirror_keys.places(org, "contacts"), mirror_keys.customers(org, "contacts")
        with self._copies.pipeline() as pipe:
            pipe.zrange(places, offset, offset + limit - 1)
            pipe.hexists(counts, WHOLE)
            pipe.hlen(counts)
            pipe.zcard(places)
            pipe.hlen(mirror_keys.rows(org, "contacts"))
            pipe.hlen(mirror_keys.facets(org, "contacts"))
            members, is_whole, counted, total, rows, searched = pipe.execute()
        if not total == rows == searched == counted - is_whole:
            self._mirror.mark_torn(org, "contacts")
            return [], 0
        return [_id(member) for member in members], total

    def matching(self, org: str, search: str) -> set[str]:
        """Customers whose own or persons' text contains every word. Scans all search texts."""
        terms = search.casefold().split()
        found = [set[str]() for _ in terms]
        for kind in ("contacts", "persons"):
            cursor = FIRST_CURSOR
            while cursor:
                following, *customers = self._sift(
                    keys=[mirror_keys.facets(org, kind)], args=[cursor, AT_ONCE, SEARCH_AT, *terms]
                )
                for item, with_word in zip(found, customers, strict=True):
                    item.update(with_word)
                cursor = following if following != FIRST_CURSOR else ""
        return set.intersection(*found) if found else set()

    def addressed(self, org: str) -> dict[str, dict[str, bool]]:
        """Customer id → person id → whether they have an email address, for all persons that were read. Scans
        all.
        """
        people = defaultdict[str, dict[str, bool]](dict)
        found: Any = self._copies.hscan_iter(mirror_keys.facets(org, "persons"), count=AT_ONCE)
        for person_id, facets in found:
            marks, customer_id = marks_and_owner(facets)
            people[customer_id][person_id] = WITH_ADDRESS in marks
        return people

    def in_order(self, org: str, customer_ids: Container[str] | None = None) -> list[str]:
        """Those of the ids that exist, by name; None for all. Scans all names."""
        found: list[str] = []
        behind = FROM_THE_FIRST if self.page(org, 0, 1)[1] else ""
        while behind:
            members: Any = self._copies.zrangebylex(
                mirror_keys.places(org, "contacts"), behind, "+", start=0, num=AT_ONCE
            )
            found += [item for item in map(_id, members) if customer_ids is None or item in customer_ids]
            behind = f"({members[-1]}" if members else ""
        return found

    def unknown(self, org: str, customer_ids: Iterable[str]) -> list[str]:
        """Those of the ids that are not customers, as far as was read."""
        every = list(customer_ids)
        counts: Any = self._copies.hmget(mirror_keys.customers(org, "contacts"), every) if every else []
        return sorted(item for item, count in zip(every, counts, strict=True) if count is None)

    def people(self, org: str, customer_ids: Iterable[str]) -> dict[str, list[MirrorRow]]:
        """Customer id → their contact persons as far as known; customers whose persons were not read have
        none.
        """
        wanted = list(customer_ids)
        with self._copies.pipeline(transaction=False) as pipe:
            for customer_id in wanted:
                pipe.zrange(f"{mirror_keys.index_prefix(org, 'persons')}{customer_id}::name", 0, -1)
            ids = pipe.execute()
        every = [item for some in ids for item in some]
        texts: Any = self._copies.hmget(mirror_keys.rows(org, "persons"), every) if every else []
        found = {
            row_id: unpacked("persons", row_id, text)
            for row_id, text in zip(every, texts, strict=True)
            if text
        }
        return {
            customer_id: [
                found[item] for item in some if item in found and found[item].customer_id == customer_id
            ]
            for customer_id, some in zip(wanted, ids, strict=True)
        }

    def person(self, org: str, person_id: str) -> MirrorRow | None:
        return self._mirror.by_id(org, "persons", person_id)

    def customer_bodies(self, org: str, customer_ids: list[str]) -> dict[str, dict[str, Any]]:
        """Customer id → stored form of the contact, for those that exist."""
        if not customer_ids:
            return {}
        texts: Any = self._copies.hmget(mirror_keys.rows(org, "contacts"), customer_ids)
        return {
            row_id: unpacked("contacts", row_id, text).body
            for row_id, text in zip(customer_ids, texts, strict=True)
            if text
        }


def _id(member: str) -> str:
    return member.rpartition("\0")[2]
