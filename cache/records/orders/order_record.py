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

FORMER_FIELDS = {"shown": "payload", "noted": "notes"}
FORMER_NOTES = {"set_aside": "dismissed", "handed_at": "checkout_at"}
FORMER_STEP_FIELDS = {"words": "message", "zoho_said": "zoho_message"}
FORMER_STATES = {"handed_over": "at_checkout"}
"""Names of the release before → names of this one."""


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
    """The order from its `to_record` form, in this release or the one before."""
    record = present_names(record)
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
            for one in map(_present_step, json.loads(record["steps"]))
        ),
        attempts=int(record["attempts"]),
        recorded_at=dt.datetime.fromisoformat(record["recorded_at"]),
        next_at=dt.datetime.fromtimestamp(float(record["next_at"]), dt.UTC) if record["next_at"] else None,
        not_after=dt.datetime.fromisoformat(record["not_after"]),
        result=json.loads(record["result"]),
        payload=_payload(OrderKind(record["kind"]), json.loads(record["payload"])),
        notes=json.loads(record.get("notes") or "{}"),
    )


def present_names(record: Mapping[str, str]) -> dict[str, str]:
    """A record with its fields named as in this release. cache/records/orders/migration.py rewrites them
    once; until it has, an order of the release before is read through this.
    """
    found = {FORMER_FIELDS.get(name, name): text for name, text in record.items()}
    notes = json.loads(found.get("notes") or "{}")
    found["notes"] = json.dumps({FORMER_NOTES.get(name, name): note for name, note in notes.items()})
    found["state"] = FORMER_STATES.get(found["state"], found["state"])
    return found


def _present_step(step: Mapping[str, str]) -> dict[str, str]:
    found = {FORMER_STEP_FIELDS.get(name, name): text for name, text in step.items()}
    found["state"] = FORMER_STATES.get(found["state"], found["state"])
    return found


def _payload(kind: OrderKind, stored: Mapping[str, Any]) -> Payload:
    """An empty one is none, of whichever kind: the person was erased, or there was nothing to carry."""
    return ORDER_KINDS[kind].payload.from_stored(stored) if stored else NO_PAYLOAD
