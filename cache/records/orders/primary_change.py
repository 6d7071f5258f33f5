"""Another person made first contact, as an order carries it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from cache.records.orders.payload import Payload


@dataclass(frozen=True)
class PrimaryChange(Payload):
    """primary_before: id of the person who was it when the client asked, "" for none."""

    primary_before: str = ""

    def to_stored(self) -> dict[str, Any]:
        return {"primary_before": self.primary_before} if self.primary_before else {}

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        return cls(str(stored.get("primary_before", "")))


def primary_before(payload: Payload) -> str:
    return payload.primary_before if isinstance(payload, PrimaryChange) else ""
