"""The merchant answers what a client wrote or declined: a comment in Zoho that its clients may read,
delivered as any request is.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from cache.records.orders.kinds import OrderFamily, is_in_family
from cache.records.orders.merchant_reply import BY_MERCHANT, MerchantReply
from cache.records.orders.order import (
    Order,
    OrderState,
    OrderStep,
    new_order_id,
)
from config.stored_messages import StoredMessage
from gateway.requests.open_orders import LATEST
from gateway.requests.order_kinds import ORDER_PAGES
from gateway.web.access import OrganisationVisit
from gateway.web.services import services


def conversation(order: Order) -> list[Order]:
    """Every comment that was written here about this order's document, oldest first."""
    latest = services().orders.of_customer(order.org, order.customer_id, LATEST)
    return [
        item
        for item in reversed(latest)
        if item.document_id == order.document_id and is_in_family(item, OrderFamily.COMMENT)
    ]


def record_comment(visit: OrganisationVisit, order: Order, *, text: str, form_key: str) -> Order:
    """Durably, then ring for a worker. The same form sent twice is one comment."""
    reply_kind = ORDER_PAGES[order.kind].reply_kind
    if reply_kind is None:
        raise ValueError(f"{order.kind} cannot be answered with a comment")
    now = dt.datetime.now(dt.UTC)
    message = StoredMessage("%(name)s wrote a comment. It is recorded here.", name=visit.merchant.name)
    comment = Order(
        id=new_order_id(),
        org=visit.org,
        kind=reply_kind,
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
        steps=(OrderStep(at=now, state=OrderState.RECORDED, message=message),),
        recorded_at=now,
        next_at=now,
        not_after=now + dt.timedelta(seconds=services().settings.order_time_limit),
        payload=MerchantReply(order.account_id),
    )
    kept = services().orders.record(comment, form_key=f"{visit.merchant.id}:{form_key}")
    services().job_queue.enqueue_order(kept.org, kept.id)
    if kept.id == comment.id:
        activity_fields = {**kept.activity_fields, "person": visit.merchant.name, **BY_MERCHANT}
        services().activity.append(visit.org, visit.merchant.id, "comment_answered", activity_fields)
    return kept
