"""Every customer and contact person of an organisation, for the merchant who invites them. Never for client pages."""

from __future__ import annotations

from typing import Any

from redis import Redis

from cache.copies import copy_keys
from cache.copies.mirror_row import MirrorRow, unpacked
from cache.copies.row_facets import search_words


class CustomerDirectory:
    """Reads the mirror without a customer's scope: the merchant may see all of their own customers."""

    def __init__(self, copies: Redis) -> None:
        self._copies = copies

    def persons(self, org: str, *, search: str = "") -> list[MirrorRow]:
        """Contact persons whose own words or whose customer's hold every word of `search`, in no order."""
        words = search.casefold().split()
        persons: Any = self._copies.hgetall(copy_keys.rows(org, "persons"))
        rows = [unpacked("persons", row_id, text) for row_id, text in persons.items()]
        if not words:
            return rows
        own, customers = self._searched(org, "persons"), self._searched(org, "contacts")
        texts = ((row, f"{own.get(row.id, '')} {customers.get(row.customer_id, '')}") for row in rows)
        return [row for row, text in texts if all(word in text for word in words)]

    def person(self, org: str, person_id: str) -> MirrorRow | None:
        text: Any = self._copies.hget(copy_keys.rows(org, "persons"), person_id)
        return unpacked("persons", person_id, text) if text else None

    def customer_bodies(self, org: str, customer_ids: list[str]) -> dict[str, dict[str, Any]]:
        """Customer id → stored form of the contact, for those that are there."""
        if not customer_ids:
            return {}
        texts: Any = self._copies.hmget(copy_keys.rows(org, "contacts"), customer_ids)
        return {row_id: unpacked("contacts", row_id, text).body for row_id, text in zip(customer_ids, texts, strict=True) if text}

    def _searched(self, org: str, kind: str) -> dict[str, str]:
        """Id → the words a search looks through."""
        facets: Any = self._copies.hgetall(copy_keys.facets(org, kind))
        return {row_id: search_words(text) for row_id, text in facets.items()}
