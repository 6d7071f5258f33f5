"""Order conflicts on an invoice: paying it and applying credit to it exclude each other. The order scripts
check it in the same step.
"""

from __future__ import annotations

from typing import Any

from cache.records.orders import keys as order_keys
from cache.records.orders.kinds import ORDER_KINDS
from cache.records.orders.order import Order


class OrderConflict(Exception):
    """An open order must finish first; the message is its id. Show it, and let the person retry
    afterwards.
    """


def conflicting_queues(order: Order) -> list[str]:
    """Keys of the queues that must hold no order, unless it was set aside, before this one is recorded or
    continued.
    """
    others = sorted(ORDER_KINDS[order.kind].conflicts_with)
    return [order_keys.document_queue(order.org, f"{kind}:{order.document_id}") for kind in others]


def raise_on_conflict(answer: Any) -> str:
    """Check a script's answer. Raises OrderConflict."""
    answer_text = str(answer)
    if answer_text.startswith("conflict:"):
        raise OrderConflict(answer_text.removeprefix("conflict:"))
    return answer_text
