"""One row per kind of order: the page of its document and its texts. Storage rules are in
cache/records/orders/kinds.py, delivery in workers/push/order_kinds.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask import url_for

from cache.records.orders.order import Order, OrderKind
from config.stored_messages import N_
from gateway.requests.payment_texts import payment_advice, payment_headline
from gateway.requests.state_texts import (
    advice_for_answer,
    advice_for_edit,
    general_advice,
    general_headline,
    headline_for_answer,
    headline_for_edit,
)


class ActivityGroup(StrEnum):
    """Groups of the activity page; their titles are in activity_groups.py."""

    ANSWERS = "answers"
    PAYMENTS = "payments"
    COMMENTS = "comments"
    DETAILS = "details"


class Proposal(StrEnum):
    """What the merchant is asked to approve."""

    PAYMENT = "payment"
    CHANGE = "change"


@dataclass(frozen=True, kw_only=True)
class OrderKindPages:
    """document_page: URL of the client's page for the order's document; document_link_label: its link text.
    headline: status in one line. advice: what the client can do now, "" for nothing. reason_label: label of
    the client's own text.

    reply_kind: kind of comment the merchant replies with, None when they cannot. is_in_history: whether the
    invoice's history lists it; comments are shown separately.
    """

    document_page: Callable[[Order], str]
    document_link_label: str
    activity_group: ActivityGroup
    proposal: Proposal
    headline: Callable[[Order], str]
    advice: Callable[[Order], str]
    reason_label: str
    reply_kind: OrderKind | None
    is_in_history: bool


def _estimate_page(order: Order) -> str:
    return url_for("estimates.detail", estimate_id=order.document_id)


def _invoice_page(order: Order) -> str:
    return url_for("invoices.detail", invoice_id=order.document_id)


def _details_page(order: Order) -> str:
    return url_for("details.show")


def _subscription_page(order: Order) -> str:
    return url_for("subscriptions.detail", subscription_id=order.document_id)


def _payment_methods_page(order: Order) -> str:
    return url_for("payment_methods.listing")


ORDER_PAGES: Mapping[OrderKind, OrderKindPages] = {
    OrderKind.ACCEPT_ESTIMATE: OrderKindPages(
        document_page=_estimate_page,
        document_link_label=N_("See the estimate"),
        activity_group=ActivityGroup.ANSWERS,
        proposal=Proposal.CHANGE,
        headline=headline_for_answer,
        advice=advice_for_answer,
        reason_label=N_("Comment:"),
        reply_kind=OrderKind.COMMENT_ESTIMATE,
        is_in_history=True,
    ),
    OrderKind.DECLINE_ESTIMATE: OrderKindPages(
        document_page=_estimate_page,
        document_link_label=N_("See the estimate"),
        activity_group=ActivityGroup.ANSWERS,
        proposal=Proposal.CHANGE,
        headline=headline_for_answer,
        advice=advice_for_answer,
        reason_label=N_("Reason given:"),
        reply_kind=OrderKind.COMMENT_ESTIMATE,
        is_in_history=True,
    ),
    OrderKind.COMMENT_ESTIMATE: OrderKindPages(
        document_page=_estimate_page,
        document_link_label=N_("See the estimate"),
        activity_group=ActivityGroup.COMMENTS,
        proposal=Proposal.CHANGE,
        headline=general_headline,
        advice=general_advice,
        reason_label=N_("Comment:"),
        reply_kind=OrderKind.COMMENT_ESTIMATE,
        is_in_history=True,
    ),
    OrderKind.COMMENT_INVOICE: OrderKindPages(
        document_page=_invoice_page,
        document_link_label=N_("See the invoice"),
        activity_group=ActivityGroup.COMMENTS,
        proposal=Proposal.CHANGE,
        headline=general_headline,
        advice=general_advice,
        reason_label=N_("Comment:"),
        reply_kind=OrderKind.COMMENT_INVOICE,
        is_in_history=False,
    ),
    OrderKind.EDIT_PERSON: OrderKindPages(
        document_page=_details_page,
        document_link_label=N_("See the details"),
        activity_group=ActivityGroup.DETAILS,
        proposal=Proposal.CHANGE,
        headline=headline_for_edit,
        advice=advice_for_edit,
        reason_label=N_("Comment:"),
        reply_kind=None,
        is_in_history=True,
    ),
    OrderKind.EDIT_COMPANY: OrderKindPages(
        document_page=_details_page,
        document_link_label=N_("See the details"),
        activity_group=ActivityGroup.DETAILS,
        proposal=Proposal.CHANGE,
        headline=headline_for_edit,
        advice=advice_for_edit,
        reason_label=N_("Comment:"),
        reply_kind=None,
        is_in_history=True,
    ),
    OrderKind.MARK_PRIMARY: OrderKindPages(
        document_page=_details_page,
        document_link_label=N_("See the details"),
        activity_group=ActivityGroup.DETAILS,
        proposal=Proposal.CHANGE,
        headline=headline_for_edit,
        advice=advice_for_edit,
        reason_label=N_("Comment:"),
        reply_kind=None,
        is_in_history=True,
    ),
    OrderKind.APPLY_CREDIT: OrderKindPages(
        document_page=_invoice_page,
        document_link_label=N_("See the invoice"),
        activity_group=ActivityGroup.PAYMENTS,
        proposal=Proposal.CHANGE,
        headline=general_headline,
        advice=general_advice,
        reason_label=N_("Comment:"),
        reply_kind=None,
        is_in_history=True,
    ),
    OrderKind.RECORD_PAYMENT: OrderKindPages(
        document_page=_invoice_page,
        document_link_label=N_("See the invoice"),
        activity_group=ActivityGroup.PAYMENTS,
        proposal=Proposal.PAYMENT,
        headline=general_headline,
        advice=general_advice,
        reason_label=N_("Comment:"),
        reply_kind=None,
        is_in_history=True,
    ),
    OrderKind.REPLACE_CARD: OrderKindPages(
        document_page=_subscription_page,
        document_link_label=N_("See the subscription"),
        activity_group=ActivityGroup.PAYMENTS,
        proposal=Proposal.CHANGE,
        headline=general_headline,
        advice=general_advice,
        reason_label=N_("Comment:"),
        reply_kind=None,
        is_in_history=True,
    ),
    OrderKind.REPLACE_BANK_ACCOUNT: OrderKindPages(
        document_page=_payment_methods_page,
        document_link_label=N_("See cards and bank accounts"),
        activity_group=ActivityGroup.PAYMENTS,
        proposal=Proposal.CHANGE,
        headline=general_headline,
        advice=general_advice,
        reason_label=N_("Comment:"),
        reply_kind=None,
        is_in_history=True,
    ),
    OrderKind.PAY_INVOICE: OrderKindPages(
        document_page=_invoice_page,
        document_link_label=N_("See the invoice"),
        activity_group=ActivityGroup.PAYMENTS,
        proposal=Proposal.CHANGE,
        headline=payment_headline,
        advice=payment_advice,
        reason_label=N_("Comment:"),
        reply_kind=None,
        is_in_history=True,
    ),
}
