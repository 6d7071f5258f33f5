"""A comment of the merchant's for a client to read, as an order carries it. A client's own carries nothing.
Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from cache.records.orders.payload import Payload

BY_MERCHANT = {"by": "merchant"}
"""How entries of the activity, too, say that the merchant wrote it."""


@dataclass(frozen=True)
class MerchantReply(Payload):
    """The order's account_id is the merchant's. answered_account: of whose request it answers, "" if
    unknown.
    """

    answered_account: str = ""

    def to_stored(self) -> dict[str, Any]:
        return {**BY_MERCHANT, "answers_whom": self.answered_account}

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        return cls(str(stored.get("answers_whom", "")))
