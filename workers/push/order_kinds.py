"""One row per kind of order: what is fetched first, how it is judged, and the call. Its record side is in
cache/records/orders/kinds.py, its pages are in gateway/requests/order_kinds.py. What a Zoho error means is
the same for all kinds: failure_policy.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cache.records.orders.order import Order, OrderKind
from connectors.zoho.api.fetched import Fetched
from connectors.zoho.books.client import BooksClient
from connectors.zoho.documents.estimate import Estimate
from workers.copies.store_fetched import store_document
from workers.push import (
    comment_order,
    credit_order,
    details_edit_order,
    pay_order,
    payment_order,
    replacement_order,
)
from workers.push.answer_verdict import judge_acceptance, judge_decline
from workers.push.comment_text import DECLINED
from workers.push.verdict import Sent, Verdict
from workers.services import Services


@dataclass(frozen=True, kw_only=True)
class OrderRule:
    """fetch: what Zoho has now, stored for the pages in any case. judge: the verdict, before and after
    sending. send: the call, at most once per attempt, given what was fetched; None where the client continues
    on Zoho's own page. reason_lead: how the comment with the client's reason begins, "" if there is none.
    """

    fetch: Callable[[Services, BooksClient, Order], Fetched[Any]]
    judge: Callable[[Order, Any, dt.date, Sent], Verdict]
    send: Callable[[BooksClient, Order, Any], object] | None
    reason_lead: str


def fetch_estimate(services: Services, books: BooksClient, order: Order) -> Fetched[Estimate]:
    """The estimate itself. Raises ZohoError."""
    fetched = books.estimates.get(order.document_id)
    store_document(services, order.org, "estimates", fetched)
    return fetched


ORDER_RULES: Mapping[OrderKind, OrderRule] = {
    OrderKind.ACCEPT_ESTIMATE: OrderRule(
        fetch=fetch_estimate,
        judge=judge_acceptance,
        send=lambda books, order, _: books.estimates.mark_accepted(order.document_id),
        reason_lead="",
    ),
    OrderKind.DECLINE_ESTIMATE: OrderRule(
        fetch=fetch_estimate,
        judge=judge_decline,
        reason_lead=DECLINED,
        send=lambda books, order, _: books.estimates.mark_declined(order.document_id),
    ),
    OrderKind.COMMENT_ESTIMATE: OrderRule(
        fetch=comment_order.fetch_estimate_comments,
        judge=comment_order.judge_comment,
        send=comment_order.send_estimate_comment,
        reason_lead="",
    ),
    OrderKind.COMMENT_INVOICE: OrderRule(
        fetch=comment_order.fetch_invoice_comments,
        judge=comment_order.judge_comment,
        send=comment_order.send_invoice_comment,
        reason_lead="",
    ),
    OrderKind.EDIT_PERSON: OrderRule(
        fetch=details_edit_order.fetch_contact,
        judge=details_edit_order.judge_person_edit,
        send=details_edit_order.send_person_edit,
        reason_lead="",
    ),
    OrderKind.EDIT_COMPANY: OrderRule(
        fetch=details_edit_order.fetch_contact,
        judge=details_edit_order.judge_company_edit,
        send=details_edit_order.send_company_edit,
        reason_lead="",
    ),
    OrderKind.MARK_PRIMARY: OrderRule(
        fetch=details_edit_order.fetch_contact,
        judge=details_edit_order.judge_primary,
        send=details_edit_order.send_primary,
        reason_lead="",
    ),
    OrderKind.APPLY_CREDIT: OrderRule(
        fetch=credit_order.fetch_used_credit,
        judge=credit_order.judge_credit,
        send=credit_order.send_credit,
        reason_lead="",
    ),
    OrderKind.RECORD_PAYMENT: OrderRule(
        fetch=payment_order.fetch_recorded_payments,
        judge=payment_order.judge_payment,
        send=payment_order.send_payment,
        reason_lead="",
    ),
    OrderKind.REPLACE_CARD: OrderRule(
        fetch=replacement_order.fetch_card_replacement,
        judge=replacement_order.judge_card_replacement,
        send=None,
        reason_lead="",
    ),
    OrderKind.REPLACE_BANK_ACCOUNT: OrderRule(
        fetch=replacement_order.fetch_bank_account_replacement,
        judge=replacement_order.judge_bank_account_replacement,
        send=None,
        reason_lead="",
    ),
    OrderKind.PAY_INVOICE: OrderRule(
        fetch=pay_order.fetch_payment_progress,
        judge=pay_order.judge_payment_progress,
        send=None,
        reason_lead="",
    ),
}
