"""Takes a person out of an order that has come to rest: what was agreed stays, who it was does not."""

from __future__ import annotations

import json
from typing import Any

from redis import Redis

from cache.records.orders import keys as order_keys
from cache.records.orders.kinds import ORDER_KINDS
from cache.records.orders.order import Order

ERASED = "(erased)"


def erase_person(records: Redis, order: Order) -> None:
    """The order must be final. May run twice."""
    key = order_keys.order(order.org, order.id)
    steps: Any = records.hget(key, "steps")
    words = {
        "person_name": ERASED,
        "reason": "",
        "steps": json.dumps([_without(one, order.person_name) for one in json.loads(steps)]),
    }
    # These are about persons themselves; of the others the offer or the amount is the merchant's evidence and
    # stays.
    if ORDER_KINDS[order.kind].is_about_person:
        words |= {"document_number": ERASED, "payload": "{}", "result": "{}", "notes": "{}"}
    fields: dict[Any, Any] = dict(words)
    records.hset(key, mapping=fields)


def _without(step: dict[str, str], name: str) -> dict[str, str]:
    """The step with the person's name out of its words, and without what Zoho said: it may quote them."""
    words = step["message"].replace(name, ERASED) if name else step["message"]
    return {**step, "message": words, "zoho_message": ""}
