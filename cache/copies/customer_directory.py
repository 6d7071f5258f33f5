"""Every customer and contact person of an organisation, for the merchant who invites them. Never for client pages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from redis import Redis

from cache.copies import copy_keys
from cache.copies.mirror_row import MirrorRow, unpacked
from cache.copies.row_facets import search_words

LISTED_ANEW = 2_000
"""Up to so many rows the list is made anew for each look."""

LIST_LIVES = 60
"""Seconds for which a longer list is kept: a page of it then costs what stands on the page."""

CHUNK = 2_000


class CustomerLine(NamedTuple):
    """One customer as the list is searched and counted. words: of the customer and their people, casefolded. people: those read.
    with_address: how many of them have a mail address.
    """

    customer_id: str
    name: str
    words: str
    people: int
    with_address: int


class CustomerDirectory:
    """Reads the mirror without a customer's scope: the merchant may see all of their own customers."""

    def __init__(self, copies: Redis) -> None:
        self._copies = copies

    def customers(self, org: str) -> list[CustomerLine]:
        """All customers by name: for a search or a filter, which look at short lines and not at rows."""
        kept: Any = self._copies.lrange(copy_keys.directory(org), 0, -1)
        return [_line(text) for text in kept] if kept else self._listed(org)

    def some(self, org: str, offset: int, limit: int) -> tuple[list[CustomerLine], int]:
        """(customers from `offset` on, how many there are)."""
        with self._copies.pipeline(transaction=False) as pipe:
            pipe.lrange(copy_keys.directory(org), offset, offset + limit - 1)
            pipe.llen(copy_keys.directory(org))
            kept, total = pipe.execute()
        if total:
            return [_line(text) for text in kept], int(total)
        listed = self._listed(org)
        return listed[offset : offset + limit], len(listed)

    def people(self, org: str, customer_ids: Iterable[str]) -> dict[str, list[MirrorRow]]:
        """Customer id → their contact persons, by what is known of them; customers whose people were not read have none."""
        wanted = list(customer_ids)
        with self._copies.pipeline(transaction=False) as pipe:
            for customer_id in wanted:
                pipe.zrange(f"{copy_keys.index_prefix(org, 'persons')}{customer_id}::name", 0, -1)
            ids = pipe.execute()
        every = [one for some in ids for one in some]
        texts: Any = self._copies.hmget(copy_keys.rows(org, "persons"), every) if every else []
        found = {row_id: unpacked("persons", row_id, text) for row_id, text in zip(every, texts, strict=True) if text}
        return {
            customer_id: [found[one] for one in some if one in found and found[one].customer_id == customer_id]
            for customer_id, some in zip(wanted, ids, strict=True)
        }

    def persons(self, org: str) -> list[MirrorRow]:
        """Every contact person that was read, in no order: for what is done to all of them, never for a page."""
        persons: Any = self._copies.hgetall(copy_keys.rows(org, "persons"))
        return [unpacked("persons", row_id, text) for row_id, text in persons.items()]

    def person(self, org: str, person_id: str) -> MirrorRow | None:
        text: Any = self._copies.hget(copy_keys.rows(org, "persons"), person_id)
        return unpacked("persons", person_id, text) if text else None

    def customer_bodies(self, org: str, customer_ids: list[str]) -> dict[str, dict[str, Any]]:
        """Customer id → stored form of the contact, for those that are there."""
        if not customer_ids:
            return {}
        texts: Any = self._copies.hmget(copy_keys.rows(org, "contacts"), customer_ids)
        return {row_id: unpacked("contacts", row_id, text).body for row_id, text in zip(customer_ids, texts, strict=True) if text}

    def _listed(self, org: str) -> list[CustomerLine]:
        people: dict[str, list[tuple[str, bool]]] = {}
        words: Any = self._copies.hgetall(copy_keys.facets(org, "persons"))
        for row in self._rows(org, "persons"):
            said = search_words(words.get(row.id, ""))
            people.setdefault(row.customer_id, []).append((said, bool(row.body.get("email"))))
        own: Any = self._copies.hgetall(copy_keys.facets(org, "contacts"))
        lines = []
        for row in self._rows(org, "contacts"):
            theirs = people.get(row.id, [])
            said = " ".join([search_words(own.get(row.id, "")), *(one for one, _ in theirs)])
            lines.append(CustomerLine(row.id, str(row.body.get("name") or ""), said, len(theirs), sum(has for _, has in theirs)))
        lines.sort(key=lambda line: (line.name.casefold(), line.customer_id))
        if len(lines) + len(words) > LISTED_ANEW:
            self._keep(org, lines)
        return lines

    def _rows(self, org: str, kind: str) -> Iterable[MirrorRow]:
        for row_id, text in self._copies.hscan_iter(copy_keys.rows(org, kind), count=CHUNK):
            yield unpacked(kind, row_id, text)

    def _keep(self, org: str, lines: list[CustomerLine]) -> None:
        key = copy_keys.directory(org)
        with self._copies.pipeline() as pipe:
            pipe.delete(key)
            for start in range(0, len(lines), CHUNK):
                pipe.rpush(key, *(json.dumps(line, separators=(",", ":")) for line in lines[start : start + CHUNK]))
            pipe.expire(key, LIST_LIVES)
            pipe.execute()


def _line(text: str) -> CustomerLine:
    return CustomerLine(*json.loads(text))
