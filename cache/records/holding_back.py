"""Who must come first on an invoice: paying it and using credit for it hold each other back. The scripts of
orders ask in the same step.
"""

from __future__ import annotations

from typing import Any

from cache import order_keys
from cache.records.order import Order, OrderKind

SETTLING = frozenset({OrderKind.APPLY_CREDIT, OrderKind.PAY_INVOICE})
"""Kinds that hold each other back on the same invoice: what one of them settles, the other would settle
twice.
"""


class HeldBack(Exception):
    """Something under way must come first; the message is that order's id. Show it, and let the person ask
    again afterwards.
    """


def lines_before(order: Order) -> list[str]:
    """Keys of the lines in which nobody may stand who was not set aside, for this one to be recorded or gone
    on with.
    """
    others = sorted(SETTLING - {order.kind}) if order.kind in SETTLING else []
    return [order_keys.document_queue(order.org, f"{kind}:{order.document_id}") for kind in others]


def not_held(answer: Any) -> str:
    """What a script answered. Raises HeldBack."""
    said = str(answer)
    if said.startswith("held:"):
        raise HeldBack(said.removeprefix("held:"))
    return said
