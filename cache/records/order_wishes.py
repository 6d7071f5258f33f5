"""What was asked for, in words: for receipts, lists and letters. Pure."""

from __future__ import annotations

from cache.records.order import Order, OrderKind
from config.phrases import Phrase, marked

WISHES = {
    OrderKind.ACCEPT_ESTIMATE: marked("Acceptance of estimate %(number)s"),
    OrderKind.DECLINE_ESTIMATE: marked("Decline of estimate %(number)s"),
    OrderKind.COMMENT_ESTIMATE: marked("Comment on estimate %(number)s"),
    OrderKind.COMMENT_INVOICE: marked("Comment on invoice %(number)s"),
    OrderKind.EDIT_PERSON: marked("Change of details of %(number)s"),
    OrderKind.EDIT_COMPANY: marked("Change of details of %(number)s"),
    OrderKind.MARK_PRIMARY: marked("First contact: %(number)s"),
    OrderKind.APPLY_CREDIT: marked("Use of credit for invoice %(number)s"),
    OrderKind.RECORD_PAYMENT: marked("Reported payment of invoice %(number)s"),
    OrderKind.REPLACE_CARD: marked("New card for %(number)s"),
    OrderKind.REPLACE_BANK_ACCOUNT: marked("Replacement of bank account %(number)s"),
    OrderKind.PAY_INVOICE: marked("Payment of invoice %(number)s"),
}


def wish(order: Order) -> Phrase:
    """What was asked for and of which document, whatever became of it: "Acceptance of estimate QT-000042"."""
    return wish_for(order.kind, order.document_number)


def wish_for(kind: OrderKind, number: str) -> Phrase:
    return Phrase(WISHES[kind], number=number)
