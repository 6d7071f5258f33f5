"""The offer that a client answered, as an order carries it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from cache.records.orders.payload import Payload


@dataclass(frozen=True)
class SeenDocument(Payload):
    """fields: the stored form of the document as the client saw it."""

    fields: dict[str, Any]

    def to_stored(self) -> dict[str, Any]:
        return dict(self.fields)

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        return cls(dict(stored))


def seen_fields(payload: Payload) -> dict[str, Any]:
    """Empty where the order carries no document."""
    return payload.fields if isinstance(payload, SeenDocument) else {}
