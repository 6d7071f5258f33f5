"""What was asked for, in words: for receipts, lists and letters. Pure."""

from __future__ import annotations

from cache.records.order import Order, OrderKind

WISHES = {
    OrderKind.ACCEPT_ESTIMATE: "Acceptance of estimate",
    OrderKind.DECLINE_ESTIMATE: "Decline of estimate",
    OrderKind.COMMENT_ESTIMATE: "Comment on estimate",
    OrderKind.COMMENT_INVOICE: "Comment on invoice",
    OrderKind.EDIT_PERSON: "Change of details of",
    OrderKind.EDIT_COMPANY: "Change of details of",
    OrderKind.MARK_PRIMARY: "First contact:",
    OrderKind.APPLY_CREDIT: "Use of credit for invoice",
    OrderKind.RECORD_PAYMENT: "Reported payment of invoice",
    OrderKind.REPLACE_CARD: "New card for",
}


def wish(order: Order) -> str:
    """What was asked for and of which document, whatever became of it: "Acceptance of estimate QT-000042"."""
    return wish_for(order.kind, order.document_number)


def wish_for(kind: OrderKind, number: str) -> str:
    return f"{WISHES[kind]} {number}".strip()
