"""Writes what a client asks for as an order, durably, before anything is answered; then rings for a
worker.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from flask import abort

from cache.records.email.request_emails import attention_email
from cache.records.orders.order import Order, OrderKind, OrderState, OrderStep, new_order_id
from gateway.requests.client_activity import note_recorded
from gateway.web.access import ClientVisit
from gateway.web.email_outbox import enqueue_email
from gateway.web.services import services


def record_order(
    visit: ClientVisit,
    *,
    form_key: str,
    message: str,
    kind: OrderKind,
    document_id: str,
    document_number: str,
    seen_version: str = "",
    seen_digest: str = "",
    seen_total: Decimal = Decimal(0),
    currency: str = "",
    reason: str = "",
    payload: dict[str, Any] | None = None,
    state: OrderState = OrderState.RECORDED,
    order_id: str = "",
    time_limit: dt.timedelta | None = None,
) -> Order:
    """The order as it is kept. The same form sent twice, or an open wish of the same kind, gives the same
    order.

    message: the first step of the receipt. seen_total in `currency`; currency "" where no amount was seen.
    state: PROPOSED where the merchant must say yes first, AT_CHECKOUT where the client goes on at Zoho.
    order_id: where it was needed before.
    time_limit: until a person must look, that of the settings unless given.
    Raises OrderConflict. What the merchant's switches or the person's roles do not allow is answered 404,
    whatever view asked.
    """
    visit.require(kind)
    if visit.viewer is not None:
        abort(403)
    now = dt.datetime.now(dt.UTC)
    order = Order(
        id=order_id or new_order_id(),
        org=visit.scope.org,
        kind=kind,
        customer_id=visit.scope.customer_id,
        account_id=visit.account.id,
        person_name=visit.account.name,
        document_id=document_id,
        document_number=document_number,
        seen_version=seen_version,
        seen_digest=seen_digest,
        seen_total=seen_total,
        currency=currency,
        reason=reason,
        state=state,
        steps=(OrderStep(at=now, state=state, message=message),),
        recorded_at=now,
        next_at=None if state is OrderState.PROPOSED else now,
        not_after=now + (time_limit or dt.timedelta(seconds=services().settings.order_time_limit)),
        payload=payload or {},
    )
    kept = services().orders.record(order, form_key=f"{visit.account.id}:{form_key}")
    if kept.next_at is not None:
        services().job_queue.enqueue_order(kept.org, kept.id)
    if kept.id == order.id:
        note_recorded(visit, order)
        if state is OrderState.PROPOSED:
            _email_merchants(order)
    return kept


def _email_merchants(order: Order) -> None:
    """A letter to each: nothing goes on before one of them has said yes."""
    for merchant in services().merchants.for_org(order.org):
        email, once = attention_email(order, merchant)
        enqueue_email(email, once_key=once)
