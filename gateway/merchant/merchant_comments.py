"""The merchant answers what a client wrote or declined: a comment in Zoho that its clients may read,
delivered as any request is.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from cache.records.order import (
    ANSWERS_WHOM,
    BY_MERCHANT,
    COMMENTS,
    Order,
    OrderKind,
    OrderState,
    OrderStep,
    new_order_id,
)
from config.phrases import Phrase
from gateway.access import OrganisationVisit
from gateway.orders.open_orders import LATEST
from gateway.wiring import wired

ANSWERED_BY = {
    OrderKind.COMMENT_ESTIMATE: OrderKind.COMMENT_ESTIMATE,
    OrderKind.DECLINE_ESTIMATE: OrderKind.COMMENT_ESTIMATE,
    OrderKind.ACCEPT_ESTIMATE: OrderKind.COMMENT_ESTIMATE,
    OrderKind.COMMENT_INVOICE: OrderKind.COMMENT_INVOICE,
}
"""What a client asked → the comment that answers it, under the same document."""


def conversation(order: Order) -> list[Order]:
    """Every comment that was written here about this order's document, oldest first."""
    latest = wired().orders.of_customer(order.org, order.customer_id, LATEST)
    return [one for one in reversed(latest) if one.document_id == order.document_id and one.kind in COMMENTS]


def record_comment(visit: OrganisationVisit, order: Order, *, text: str, form_key: str) -> Order:
    """Durably, then ring for a worker. The same form sent twice is one comment."""
    now = dt.datetime.now(dt.UTC)
    words = Phrase("%(name)s wrote a comment. It is recorded here.", name=visit.merchant.name)
    comment = Order(
        id=new_order_id(),
        org=visit.org,
        kind=ANSWERED_BY[order.kind],
        customer_id=order.customer_id,
        account_id=visit.merchant.id,
        person_name=visit.merchant.name,
        document_id=order.document_id,
        document_number=order.document_number,
        seen_version="",
        seen_digest="",
        seen_total=Decimal(0),
        currency="",
        reason=text,
        state=OrderState.RECORDED,
        steps=(OrderStep(at=now, state=OrderState.RECORDED, words=words),),
        recorded_at=now,
        next_at=now,
        not_after=now + dt.timedelta(seconds=wired().settings.order_patience),
        shown={**BY_MERCHANT, ANSWERS_WHOM: order.account_id},
    )
    kept = wired().orders.record(comment, form_key=f"{visit.merchant.id}:{form_key}")
    wired().doorbell.ring_order(kept.org, kept.id)
    if kept.id == comment.id:
        told = {**kept.named, "person": visit.merchant.name, **BY_MERCHANT}
        wired().activity.append(visit.org, visit.merchant.id, "comment_answered", told)
    return kept
