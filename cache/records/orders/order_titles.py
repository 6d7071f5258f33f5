"""What was asked for, in words: for receipts, lists and letters. Pure."""

from __future__ import annotations

from cache.records.orders.order import Order, OrderKind
from config.stored_messages import N_, StoredMessage

ORDER_TITLES = {
    OrderKind.ACCEPT_ESTIMATE: N_("Acceptance of estimate %(number)s"),
    OrderKind.DECLINE_ESTIMATE: N_("Decline of estimate %(number)s"),
    OrderKind.COMMENT_ESTIMATE: N_("Comment on estimate %(number)s"),
    OrderKind.COMMENT_INVOICE: N_("Comment on invoice %(number)s"),
    OrderKind.EDIT_PERSON: N_("Change of details of %(number)s"),
    OrderKind.EDIT_COMPANY: N_("Change of details of %(number)s"),
    OrderKind.MARK_PRIMARY: N_("First contact: %(number)s"),
    OrderKind.APPLY_CREDIT: N_("Use of credit for invoice %(number)s"),
    OrderKind.RECORD_PAYMENT: N_("Reported payment of invoice %(number)s"),
    OrderKind.REPLACE_CARD: N_("New card for %(number)s"),
    OrderKind.REPLACE_BANK_ACCOUNT: N_("Replacement of bank account %(number)s"),
    OrderKind.PAY_INVOICE: N_("Payment of invoice %(number)s"),
}


def order_title(order: Order) -> StoredMessage:
    """What was asked for and of which document, whatever became of it: "Acceptance of estimate QT-000042"."""
    return order_title_for(order.kind, order.document_number)


def order_title_for(kind: OrderKind, number: str) -> StoredMessage:
    return StoredMessage(ORDER_TITLES[kind], number=number)
