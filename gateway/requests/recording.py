"""Stores a client's order durably before responding, then enqueues its delivery."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from flask import abort

from cache.records.email.request_emails import attention_email
from cache.records.orders.order import Order, OrderKind, OrderState, OrderStep, new_order_id
from cache.records.orders.payload import NO_PAYLOAD, Payload
from gateway.requests.client_activity import note_recorded
from gateway.web.access import ClientVisit
from gateway.web.email_outbox import enqueue_email
from gateway.web.services import services


@dataclass(frozen=True, kw_only=True)
class NewOrder:
    """What a client asks for, before it is written. message: the first step of the receipt. seen_total in
    `currency`; currency "" where no amount was seen.

    state: PROPOSED where the merchant must say yes first, AT_CHECKOUT where the client goes on at Zoho.
    id: where it was needed before, "" for a new one.
    time_limit: until a person must look; None for that of the settings.
    """

    kind: OrderKind
    message: str
    document_id: str
    document_number: str
    seen_version: str = ""
    seen_digest: str = ""
    seen_total: Decimal = Decimal(0)
    currency: str = ""
    reason: str = ""
    payload: Payload = NO_PAYLOAD
    state: OrderState = OrderState.RECORDED
    id: str = ""
    time_limit: dt.timedelta | None = None


def record_order(visit: ClientVisit, new: NewOrder, *, form_key: str) -> Order:
    """The stored order. Submitting a form twice, or placing an order while one of the same kind is open,
    returns the same order.

    Raises OrderConflict. 404 for what the merchant's switches or the person's roles do not allow, whichever
    view asks.
    """
    visit.require(new.kind)
    if visit.viewer is not None:
        abort(403)
    now = dt.datetime.now(dt.UTC)
    order = Order(
        id=new.id or new_order_id(),
        org=visit.scope.org,
        kind=new.kind,
        customer_id=visit.scope.customer_id,
        account_id=visit.account.id,
        person_name=visit.account.name,
        document_id=new.document_id,
        document_number=new.document_number,
        seen_version=new.seen_version,
        seen_digest=new.seen_digest,
        seen_total=new.seen_total,
        currency=new.currency,
        reason=new.reason,
        state=new.state,
        steps=(OrderStep(at=now, state=new.state, message=new.message),),
        recorded_at=now,
        next_at=None if new.state is OrderState.PROPOSED else now,
        not_after=now + (new.time_limit or dt.timedelta(seconds=services().settings.order_time_limit)),
        payload=new.payload,
    )
    kept = services().orders.record(order, form_key=f"{visit.account.id}:{form_key}")
    if kept.next_at is not None:
        services().job_queue.enqueue_order(kept.org, kept.id)
    if kept.id == order.id:
        note_recorded(visit, order)
        if new.state is OrderState.PROPOSED:
            _email_merchants(order)
    return kept


def _email_merchants(order: Order) -> None:
    """Email each merchant, since the order waits for one of them to approve it."""
    for merchant in services().merchants.for_org(order.org):
        email, once = attention_email(order, merchant)
        enqueue_email(email, once_key=once)
