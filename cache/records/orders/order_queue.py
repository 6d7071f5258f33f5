"""In which queue an order waits. Pure."""

from __future__ import annotations

from cache.records.orders.kinds import ORDER_KINDS, QueueBy
from cache.records.orders.order import Order


def order_queue(order: Order) -> str:
    """The name of the queue in which it waits: only the first of a queue is delivered."""
    match ORDER_KINDS[order.kind].queue_by:
        case QueueBy.DOCUMENT:
            return order.document_id
        case QueueBy.KIND_AND_DOCUMENT:
            return f"{order.kind}:{order.document_id}"
        case QueueBy.KIND_AND_CUSTOMER:
            return f"{order.kind}:{order.customer_id}"
        case QueueBy.ORDER:
            return f"{order.kind}:{order.id}"
