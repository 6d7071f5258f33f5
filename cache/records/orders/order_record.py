"""An order as the store keeps it: a flat hash of text. Pure."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cache.records.orders.kinds import ORDER_KINDS
from cache.records.orders.order import Order, OrderKind, OrderState, OrderStep
from cache.records.orders.payload import NO_PAYLOAD, Payload
from config.stored_messages import read_stored_text, stored_text

UNCHANGING = (
    "id",
    "org",
    "kind",
    "customer_id",
    "account_id",
    "person_name",
    "document_id",
    "document_number",
    "seen_version",
    "seen_digest",
    "seen_total",
    "currency",
    "reason",
)
"""Fields that are text in the record and never change."""


def to_record(order: Order) -> dict[str, str]:
    """The order as a flat hash of text: constant fields first, then steps and changing fields."""
    return {
        **{name: str(getattr(order, name)) for name in UNCHANGING},
        "state": order.state.value,
        "steps": json.dumps([step_record(step) for step in order.steps]),
        "attempts": str(order.attempts),
        "recorded_at": order.recorded_at.isoformat(),
        "next_at": "" if order.next_at is None else str(order.next_at.timestamp()),
        "not_after": order.not_after.isoformat(),
        "result": json.dumps(order.result),
        "payload": json.dumps(order.payload.to_stored()),
        "notes": json.dumps(order.notes),
    }


def step_record(step: OrderStep) -> dict[str, str]:
    """at: in seconds, by the store's clock."""
    return {
        "at": f"{step.at.timestamp():.6f}",
        "state": step.state.value,
        "message": stored_text(step.message),
        "zoho_message": step.zoho_message,
    }


def from_record(record: dict[str, str]) -> Order:
    """The order from its `to_record` form."""
    return Order(
        **{name: record[name] for name in UNCHANGING if name not in ("kind", "seen_total")},
        kind=OrderKind(record["kind"]),
        seen_total=Decimal(record["seen_total"]),
        state=OrderState(record["state"]),
        steps=tuple(
            OrderStep(
                at=dt.datetime.fromtimestamp(float(one["at"]), dt.UTC),
                state=OrderState(one["state"]),
                message=read_stored_text(one["message"]),
                zoho_message=one["zoho_message"],
            )
            for one in json.loads(record["steps"])
        ),
        attempts=int(record["attempts"]),
        recorded_at=dt.datetime.fromisoformat(record["recorded_at"]),
        next_at=dt.datetime.fromtimestamp(float(record["next_at"]), dt.UTC) if record["next_at"] else None,
        not_after=dt.datetime.fromisoformat(record["not_after"]),
        result=json.loads(record["result"]),
        payload=_payload(OrderKind(record["kind"]), json.loads(record["payload"])),
        notes=json.loads(record.get("notes") or "{}"),
    )


def _payload(kind: OrderKind, stored: Mapping[str, Any]) -> Payload:
    """An empty one is none, of whichever kind: the person was erased, or there was nothing to carry."""
    return ORDER_KINDS[kind].payload.from_stored(stored) if stored else NO_PAYLOAD
