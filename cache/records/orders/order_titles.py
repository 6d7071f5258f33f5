"""What was asked for, in one line: for receipts, lists and e-mails. Pure."""

from __future__ import annotations

from cache.records.orders.kinds import ORDER_KINDS
from cache.records.orders.order import Order, OrderKind
from config.stored_messages import StoredMessage


def order_title(order: Order) -> StoredMessage:
    """What was requested and for which document, whatever the outcome: "Acceptance of estimate QT-000042"."""
    return order_title_for(order.kind, order.document_number)


def order_title_for(kind: OrderKind, number: str) -> StoredMessage:
    return StoredMessage(ORDER_KINDS[kind].title, number=number)
