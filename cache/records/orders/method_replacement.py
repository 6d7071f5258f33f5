"""A card or bank account being replaced on Zoho's page, as an order's payload: which page, and what was
stored before, masked. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from cache.records.orders.payload import Payload
from config.stored_messages import read_stored_text, stored_text


@dataclass(frozen=True)
class MethodReplacement(Payload):
    """page_id: Zoho's id of the page; its URL is a bearer URL and is never stored. before: a description of
    the card or account.
    """

    page_id: str
    before: str

    def to_stored(self) -> dict[str, Any]:
        """Its name is from when only cards were replaced."""
        return {"card": [self.page_id, stored_text(self.before)]}

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        page_id, before = stored["card"]
        return cls(page_id, read_stored_text(before))
