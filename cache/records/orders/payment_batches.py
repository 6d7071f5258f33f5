"""Several invoices that a client pays one after the other: which, and the balance of each at the start. Keeps
their position.
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

from cache.records.orders import keys as order_keys
from cache.records.orders.order import ID_ALPHABET
from cache.scope import CustomerScope

TTL = 7 * 24 * 3600
"""Seconds."""


class BatchPart(NamedTuple):
    """One invoice. owed: its balance in `currency` when the batch was started."""

    invoice_id: str
    number: str
    currency: str
    owed: Decimal


@dataclass(frozen=True, kw_only=True)
class PaymentBatch:
    """A payment batch. It does not record what is paid: the invoices do."""

    id: str
    customer_id: str
    account_id: str
    begun_at: dt.datetime
    parts: tuple[BatchPart, ...]


def new_batch_id() -> str:
    """Such as P-7K3M-9QXD. It grants no access: the session decides whose batch it is."""
    characters = "".join(secrets.choice(ID_ALPHABET) for _ in range(8))
    return f"P-{characters[:4]}-{characters[4:]}"


class PaymentBatches:
    def __init__(self, records: Redis) -> None:
        self._records = records

    def begin(self, scope: CustomerScope, account_id: str, parts: Iterable[BatchPart]) -> PaymentBatch:
        begun = PaymentBatch(
            id=new_batch_id(),
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
        self._records.set(order_keys.payment_batch(scope.org, begun.id), json.dumps(body), ex=TTL)
        return begun

    def get(self, scope: CustomerScope, batch_id: str) -> PaymentBatch | None:
        """None if it is over, unknown, or another customer's."""
        text: Any = self._records.get(order_keys.payment_batch(scope.org, batch_id))
        body = json.loads(text) if text else None
        if body is None or body["customer_id"] != scope.customer_id:
            return None
        return PaymentBatch(
            id=batch_id,
            customer_id=body["customer_id"],
            account_id=body["account_id"],
            begun_at=dt.datetime.fromisoformat(body["begun_at"]),
            parts=tuple(
                BatchPart(id_, number, currency, Decimal(owed))
                for id_, number, currency, owed in body["parts"]
            ),
        )
