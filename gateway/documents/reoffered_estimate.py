"""An estimate offered again: the client's earlier answer, and what has changed since."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cache.records.orders.kinds import OrderFamily, is_in_family
from cache.records.orders.order import Order, OrderKind, OrderState
from cache.records.orders.seen_document import SeenDocument
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.estimate_changes import Change


@dataclass(frozen=True)
class ReofferedEstimate:
    """before: the answer to the earlier offer. changes: line by line; empty when nothing differs."""

    before: Order
    changes: tuple[Change, ...]

    @property
    def was_declined(self) -> bool:
        """Whether Zoho confirmed the decline; otherwise the answer failed because the offer had changed."""
        return self.before.state is OrderState.CONFIRMED

    @property
    def answered_at(self) -> dt.datetime:
        return self.before.recorded_at


def reoffered(orders: list[Order], estimate: Estimate, today: dt.date) -> ReofferedEstimate | None:
    """orders: of this estimate, newest first. None when it cannot be answered now, or the
    last answer is not relevant.
    """
    if not estimate.can_be_answered(today):
        return None
    answers = (
        order
        for order in orders
        if is_in_family(order, OrderFamily.ANSWER) and order.state is not OrderState.WITHDRAWN
    )
    last = next(answers, None)
    if last is None or not last.is_final or not isinstance(last.payload, SeenDocument):
        return None
    was_declined = last.kind is OrderKind.DECLINE_ESTIMATE and last.state is OrderState.CONFIRMED
    if not was_declined and last.state is not OrderState.CHANGED:
        return None
    return ReofferedEstimate(
        last, () if last.seen_digest == estimate.digest() else estimate.difference(last.payload.fields)
    )
