"""One row per kind of order: what is looked at first, how it is judged, and the call. Who may ask stands
beside the merchant's switches (cache/records/portal_settings), what an error of Zoho means in setback: the
same for all kinds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cache.records.order import Order, OrderKind
from connectors.zoho.books.client import BooksClient
from connectors.zoho.books.said import Said
from connectors.zoho.documents.estimate import Estimate
from workers.job_setup import Resources
from workers.keep_said import keep_document
from workers.push import (
    comment_order,
    credit_order,
    details_edit_order,
    pay_order,
    payment_order,
    replacement_order,
)
from workers.push.answer_verdict import judge_answer
from workers.push.verdict import Sent, Verdict


@dataclass(frozen=True, kw_only=True)
class OrderRule:
    """look: what Zoho has now; what it said is kept for the pages, whatever becomes of the order. judge: what
    follows from it, before and after sending. send: the call, made at most once per sending, knowing what was
    looked at; None where the client goes on at Zoho's own page. brings_reason: whether the client's reason
    follows as a comment.
    """

    look: Callable[[Resources, BooksClient, Order], Said[Any]]
    judge: Callable[[Order, Any, dt.date, Sent], Verdict]
    send: Callable[[BooksClient, Order, Any], object] | None
    brings_reason: bool = False


def look_at_offer(desk: Resources, books: BooksClient, order: Order) -> Said[Estimate]:
    """The estimate itself. Raises ZohoError."""
    said = books.estimates.get(order.document_id)
    keep_document(desk, order.org, "estimates", said)
    return said


ORDER_RULES: Mapping[OrderKind, OrderRule] = {
    OrderKind.ACCEPT_ESTIMATE: OrderRule(
        look=look_at_offer,
        judge=judge_answer,
        send=lambda books, order, _: books.estimates.mark_accepted(order.document_id),
    ),
    OrderKind.DECLINE_ESTIMATE: OrderRule(
        look=look_at_offer,
        judge=judge_answer,
        brings_reason=True,
        send=lambda books, order, _: books.estimates.mark_declined(order.document_id),
    ),
    OrderKind.COMMENT_ESTIMATE: OrderRule(
        look=comment_order.look_at_estimate,
        judge=comment_order.judge_comment,
        send=comment_order.write,
    ),
    OrderKind.COMMENT_INVOICE: OrderRule(
        look=comment_order.look_at_invoice,
        judge=comment_order.judge_comment,
        send=comment_order.write,
    ),
    OrderKind.EDIT_PERSON: OrderRule(
        look=details_edit_order.look_at_contact,
        judge=details_edit_order.judge_person_edit,
        send=details_edit_order.send_person_edit,
    ),
    OrderKind.EDIT_COMPANY: OrderRule(
        look=details_edit_order.look_at_contact,
        judge=details_edit_order.judge_company_edit,
        send=details_edit_order.send_company_edit,
    ),
    OrderKind.MARK_PRIMARY: OrderRule(
        look=details_edit_order.look_at_contact,
        judge=details_edit_order.judge_primary,
        send=details_edit_order.send_primary,
    ),
    OrderKind.APPLY_CREDIT: OrderRule(
        look=credit_order.look_at_credited,
        judge=credit_order.judge_credit,
        send=credit_order.send_credit,
    ),
    OrderKind.RECORD_PAYMENT: OrderRule(
        look=payment_order.look_at_recorded,
        judge=payment_order.judge_payment,
        send=payment_order.send_payment,
    ),
    OrderKind.REPLACE_CARD: OrderRule(
        look=replacement_order.look_at_card,
        judge=replacement_order.judge_replacement,
        send=None,
    ),
    OrderKind.REPLACE_BANK_ACCOUNT: OrderRule(
        look=replacement_order.look_at_bank_account,
        judge=replacement_order.judge_replacement,
        send=None,
    ),
    OrderKind.PAY_INVOICE: OrderRule(
        look=pay_order.look_at_paying,
        judge=pay_order.judge_paying,
        send=None,
    ),
}
