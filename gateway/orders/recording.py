"""Writes what a client asks for as an order, durably, before anything is answered; then rings for a
worker.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from flask import abort

from cache.records.order import Order, OrderKind, OrderState, OrderStep, new_order_id
from cache.records.request_letters import needs_you_letter
from gateway.access import ClientVisit
from gateway.letter_writing import put_out
from gateway.orders.client_activity import note_recorded
from gateway.wiring import wired


def record_order(
    visit: ClientVisit,
    *,
    form_key: str,
    words: str,
    kind: OrderKind,
    document_id: str,
    document_number: str,
    seen_version: str = "",
    seen_digest: str = "",
    seen_total: Decimal = Decimal(0),
    currency: str = "",
    reason: str = "",
    shown: dict[str, Any] | None = None,
    state: OrderState = OrderState.RECORDED,
    order_id: str = "",
    patience: dt.timedelta | None = None,
) -> Order:
    """The order as it is kept. The same form sent twice, or an open wish of the same kind, gives the same
    order.

    words: the first step of the receipt. seen_total in `currency`; currency "" where no amount was seen.
    state: PROPOSED where the merchant must say yes first, HANDED_OVER where the client goes on at Zoho.
    order_id: where it was needed before.
    patience: until a person must look, that of the settings unless given.
    Raises HeldBack. What the merchant's switches or the person's roles do not allow is answered 404, whatever
    view asked.
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
        steps=(OrderStep(at=now, state=state, words=words),),
        recorded_at=now,
        next_at=None if state is OrderState.PROPOSED else now,
        not_after=now + (patience or dt.timedelta(seconds=wired().settings.order_patience)),
        shown=shown or {},
    )
    kept = wired().orders.record(order, form_key=f"{visit.account.id}:{form_key}")
    if kept.next_at is not None:
        wired().doorbell.ring_order(kept.org, kept.id)
    if kept.id == order.id:
        note_recorded(visit, order)
        if state is OrderState.PROPOSED:
            _ask_the_merchants(order)
    return kept


def _ask_the_merchants(order: Order) -> None:
    """A letter to each: nothing goes on before one of them has said yes."""
    for merchant in wired().merchants.for_org(order.org):
        letter, once = needs_you_letter(order, merchant)
        put_out(letter, once_key=once)
