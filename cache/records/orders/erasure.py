"""Erases a person from a settled order: what was agreed stays, the person does not."""

from __future__ import annotations

import json
from typing import Any

from redis import Redis

from cache.records.orders import keys as order_keys
from cache.records.orders.kinds import ORDER_KINDS
from cache.records.orders.order import Order, OrderStep
from cache.stored import from_stored, to_stored

ERASED = "(erased)"


def erase_person(records: Redis, order: Order) -> None:
    """The order must be final. Idempotent."""
    key = order_keys.order(order.org, order.id)
    steps: Any = records.hget(key, "steps")
    words = {
        "person_name": ERASED,
        "reason": "",
        "steps": json.dumps([_without(step, order.person_name) for step in _step_fields(steps)]),
    }
    # These are about persons; in the others the offer or the amount is the merchant's evidence and stays.
    if ORDER_KINDS[order.kind].is_about_person:
        words |= {"document_number": ERASED, "payload": "{}", "result": "{}", "notes": "{}"}
    fields: dict[Any, Any] = dict(words)
    records.hset(key, mapping=fields)


def _step_fields(steps: str) -> list[dict[str, str]]:
    """The steps as they are stored, under the names of this release."""
    fields: list[dict[str, str]] = to_stored(from_stored(tuple[OrderStep, ...], json.loads(steps)))
    return fields


def _without(step: dict[str, str], name: str) -> dict[str, str]:
    """The step without the person's name in its message, and without Zoho's message, which may quote them."""
    words = step["message"].replace(name, ERASED) if name else step["message"]
    return {**step, "message": words, "zoho_message": ""}
