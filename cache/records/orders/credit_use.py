"""Which credit an order applies to an invoice, as its payload. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from cache.records.orders.payload import Payload
from config.stored_messages import read_stored_text, stored_text


@dataclass(frozen=True)
class CreditUse(Payload):
    """source: credit_note or payment (one with an unused amount). used_before: of it on the invoice when the
    client saw it.
    """

    source: str
    id: str
    number: str
    used_before: Decimal

    def to_stored(self) -> dict[str, Any]:
        return {"credit": [self.source, self.id, stored_text(self.number), str(self.used_before)]}

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        source, id_, number, used_before = stored["credit"]
        return cls(source, id_, read_stored_text(number), Decimal(used_before))
