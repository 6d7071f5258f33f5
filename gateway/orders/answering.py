"""A client's answer to an estimate becomes an order, or one clear sentence why not. Nothing is recorded for
an answer that cannot stand.
"""

from __future__ import annotations

from dataclasses import dataclass

from cache.records.order import Order, OrderKind
from config.phrases import Phrase, marked
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.estimate_changes import Change
from gateway.access import ClientVisit
from gateway.orders.recording import record_order
from gateway.reading.document_kinds import ESTIMATES
from gateway.reading.document_reading import Reading, seen_before
from gateway.template_filters import today

RECORDED_WORDS = {
    OrderKind.ACCEPT_ESTIMATE: marked("%(name)s accepted this estimate. It is recorded here."),
    OrderKind.DECLINE_ESTIMATE: marked("%(name)s declined this estimate. It is recorded here."),
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


def why_not(visit: ClientVisit, reading: Reading[Estimate], answer: Answer) -> CannotStand | None:
    """None when the answer can stand: the estimate can still be answered, and it is the offer that was
    seen.
    """
    estimate = reading.document
    if words := estimate.why_not_answerable(today()):
        return CannotStand(words)
    if answer.seen_digest != estimate.digest():
        seen = seen_before(visit, ESTIMATES, estimate.id, answer.seen_version)
        changes = estimate.difference(seen.stored()) if seen and seen.digest() == answer.seen_digest else ()
        return CannotStand(Phrase("It has changed since you looked at it."), changes, is_changed=True)
    return None


def record_answer(visit: ClientVisit, reading: Reading[Estimate], answer: Answer) -> Order:
    """Write the order durably, then ring for a worker. The same form sent twice, or an open answer of the
    same kind, gives the same order.
    """
    estimate = reading.document
    return record_order(
        visit,
        form_key=answer.form_key,
        words=Phrase(RECORDED_WORDS[answer.kind], name=visit.account.name),
        kind=answer.kind,
        document_id=estimate.id,
        document_number=estimate.number,
        seen_version=estimate.version,
        seen_digest=estimate.digest(),
        seen_total=estimate.total,
        currency=estimate.currency,
        reason=answer.reason,
        shown=estimate.stored(),
    )
