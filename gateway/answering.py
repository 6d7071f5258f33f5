"""A client's answer to an estimate becomes an order, or one clear sentence why not. Nothing is recorded for an answer
that cannot stand.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cache.records.order import Order, OrderKind, OrderState, OrderStep, new_order_id
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.estimate_changes import Change
from gateway.access import ClientVisit
from gateway.client_activity import note_recorded
from gateway.document_kinds import ESTIMATES
from gateway.document_reading import Reading, seen_before
from gateway.template_filters import today
from gateway.wiring import wired

RECORDED_WORDS = {
    OrderKind.ACCEPT_ESTIMATE: "{name} accepted this estimate. It is recorded here.",
    OrderKind.DECLINE_ESTIMATE: "{name} declined this estimate. It is recorded here.",
}


@dataclass(frozen=True)
class Answer:
    """What a client answers: which way, to which offer (version and digest of the page they saw), and why."""

    kind: OrderKind
    seen_version: str
    seen_digest: str
    form_key: str
    reason: str = ""


@dataclass(frozen=True)
class CannotStand:
    """Why an answer is not taken: one sentence, and what changed since the client looked, if that is why."""

    words: str
    changes: tuple[Change, ...] = ()
    is_changed: bool = False


def may_answer(visit: ClientVisit, kind: OrderKind) -> bool:
    """Whether the merchant's settings offer this answer at all."""
    return visit.settings.may_accept if kind is OrderKind.ACCEPT_ESTIMATE else visit.settings.may_decline


def why_not(visit: ClientVisit, reading: Reading[Estimate], answer: Answer) -> CannotStand | None:
    """None when the answer can stand: the estimate can still be answered, and it is the offer that was seen."""
    estimate = reading.document
    if words := estimate.why_not_answerable(today()):
        return CannotStand(words)
    if answer.seen_digest != estimate.digest():
        seen = seen_before(visit, ESTIMATES, estimate.id, answer.seen_version)
        changes = estimate.difference(seen.stored()) if seen and seen.digest() == answer.seen_digest else ()
        return CannotStand("It has changed since you looked at it.", changes, is_changed=True)
    return None


def record_answer(visit: ClientVisit, reading: Reading[Estimate], answer: Answer) -> Order:
    """Write the order durably, then ring for a worker. The same form sent twice, or an open answer of the same kind,
    gives the same order.
    """
    estimate, settings, now = reading.document, wired().settings, dt.datetime.now(dt.UTC)
    words = RECORDED_WORDS[answer.kind].format(name=visit.account.name)
    order = Order(
        id=new_order_id(),
        org=visit.scope.org,
        kind=answer.kind,
        customer_id=visit.scope.customer_id,
        account_id=visit.account.id,
        person_name=visit.account.name,
        document_id=estimate.id,
        document_number=estimate.number,
        seen_version=estimate.version,
        seen_digest=estimate.digest(),
        seen_total=estimate.total,
        currency=estimate.currency,
        reason=answer.reason,
        state=OrderState.RECORDED,
        steps=(OrderStep(at=now, state=OrderState.RECORDED, words=words),),
        attempts=0,
        recorded_at=now,
        next_at=now,
        not_after=now + dt.timedelta(seconds=settings.order_patience),
        result={},
        shown=estimate.stored(),
    )
    kept = wired().orders.record(order, form_key=f"{visit.account.id}:{answer.form_key}")
    wired().doorbell.ring_order(kept.org, kept.id)
    if kept.id == order.id:
        note_recorded(visit, order)
    return kept
