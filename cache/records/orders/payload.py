"""What an order carries beside its document. Each kind has a class of its own, named in kinds.py. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True)
class Payload:
    """Of an order that carries nothing; the base of those that do. Stored as JSON in the order's record."""

    def to_stored(self) -> dict[str, Any]:
        """For the record. Names in it never change: orders that are kept have them."""
        return {}

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        """What `to_stored` made; fields it does not know are left out."""
        return cls()


NO_PAYLOAD = Payload()
