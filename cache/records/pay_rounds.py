"""Several invoices that a client pays one after the other: which, and what was owed on each when they began.
It keeps their place.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from redis import Redis

from cache import order_keys
from cache.records.order import ID_LETTERS
from cache.scope import CustomerScope

KEPT_FOR = 7 * 24 * 3600
"""Seconds."""


class RoundPart(NamedTuple):
    """One invoice. owed: its balance in `currency` when the row was begun."""

    invoice_id: str
    number: str
    currency: str
    owed: Decimal


@dataclass(frozen=True, kw_only=True)
class PayRound:
    """A row of payments. It says nothing of what is paid: that stands on the invoices."""

    id: str
    customer_id: str
    account_id: str
    begun_at: dt.datetime
    parts: tuple[RoundPart, ...]


def new_round_id() -> str:
    """Such as P-7K3M-9QXD. It opens nothing by itself: whose row it is, is settled by the session."""
    letters = "".join(secrets.choice(ID_LETTERS) for _ in range(8))
    return f"P-{letters[:4]}-{letters[4:]}"


class PayRounds:
    def __init__(self, records: Redis) -> None:
        self._records = records

    def begin(self, scope: CustomerScope, account_id: str, parts: Iterable[RoundPart]) -> PayRound:
        begun = PayRound(
            id=new_round_id(),
            customer_id=scope.customer_id,
            account_id=account_id,
            begun_at=dt.datetime.now(dt.UTC),
            parts=tuple(parts),
        )
        body = {
            "customer_id": begun.customer_id,
            "account_id": account_id,
            "begun_at": begun.begun_at.isoformat(),
            "parts": [[*part[:3], str(part.owed)] for part in begun.parts],
        }
        self._records.set(order_keys.pay_round(scope.org, begun.id), json.dumps(body), ex=KEPT_FOR)
        return begun

    def get(self, scope: CustomerScope, round_id: str) -> PayRound | None:
        """None when it is over, never was, or is another customer's."""
        text: Any = self._records.get(order_keys.pay_round(scope.org, round_id))
        body = json.loads(text) if text else None
        if body is None or body["customer_id"] != scope.customer_id:
            return None
        return PayRound(
            id=round_id,
            customer_id=body["customer_id"],
            account_id=body["account_id"],
            begun_at=dt.datetime.fromisoformat(body["begun_at"]),
            parts=tuple(
                RoundPart(id_, number, currency, Decimal(owed))
                for id_, number, currency, owed in body["parts"]
            ),
        )
