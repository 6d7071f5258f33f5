"""An order as the store keeps it: a flat hash of text. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cache.records.orders.kinds import ORDER_KINDS
from cache.records.orders.order import Order, OrderKind
from cache.records.orders.payload import NO_PAYLOAD, Payload
from cache.stored import StoredUnreadable, from_hash, to_hash

FORMER_PAYLOAD = "shown"
FORMER_NOTES = {"set_aside": "dismissed", "handed_at": "checkout_at"}
"""Names in the release before. cache/records/orders/migration.py rewrites them once; until it has, an order
is read under both.
"""


def to_record(order: Order) -> dict[str, str]:
    """The order as a flat hash of text. What it carries is written by the class of its kind."""
    return {
        **to_hash(order),
        "next_at": "" if order.next_at is None else str(order.next_at.timestamp()),
        "payload": json.dumps(order.payload.to_stored()),
    }


def from_record(record: Mapping[str, str]) -> Order:
    """The order from its `to_record` form. Raises StoredUnreadable."""
    order = from_hash(Order, {name: text for name, text in record.items() if name != "payload"})
    carried = record.get("payload") or record.get(FORMER_PAYLOAD) or "{}"
    try:
        payload = _payload(order.kind, json.loads(carried))
    except (TypeError, ValueError, KeyError, AttributeError, ArithmeticError) as fault:
        raise StoredUnreadable("Order.payload") from fault
    notes = {FORMER_NOTES.get(name, name): text for name, text in order.notes.items()}
    return replace(order, payload=payload, notes=notes)


def _payload(kind: OrderKind, stored: Mapping[str, Any]) -> Payload:
    """An empty one is none, of whichever kind: the person was erased, or there was nothing to carry."""
    return ORDER_KINDS[kind].payload.from_stored(stored) if stored else NO_PAYLOAD
