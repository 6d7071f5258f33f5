"""The merchant's page of one request: what was asked, how far it has come, and what the merchant can do about
it.
"""

from __future__ import annotations

import secrets

from flask import render_template

from cache.records.orders.order import Order, OrderState
from gateway.merchant.requests.comments import conversation
from gateway.requests.order_kinds import ORDER_PAGES, Proposal
from gateway.requests.order_texts import next_try

MAY_RETRY = frozenset({OrderState.NEEDS_ATTENTION, OrderState.WAITING})


def proposal_kind(order: Order) -> Proposal:
    """What a proposal proposes: a payment, or a change of details."""
    return ORDER_PAGES[order.kind].proposal


def request_page(order: Order, *, error: str = "", comment: str = "", comment_error: str = "") -> str:
    """error: about the reason why not. comment: what was typed, and comment_error: why it was not taken."""
    may_comment = ORDER_PAGES[order.kind].reply_kind is not None
    return render_template(
        "merchant/requests/one.html",
        order=order,
        may_retry=order.state in MAY_RETRY,
        is_open=not order.is_final,
        is_proposed=order.state is OrderState.PROPOSED,
        next_try=next_try(order),
        error=error,
        what=proposal_kind(order),
        may_comment=may_comment,
        comments=conversation(order) if may_comment else [],
        comment=comment,
        comment_error=comment_error,
        form_key=secrets.token_urlsafe(18),
    )
