"""Turns a client's answer to an estimate into an order, or refuses it with one clear reason. An invalid
answer is never recorded.
"""

from __future__ import annotations

from dataclasses import dataclass

from cache.records.orders.order import Order, OrderKind
from cache.records.orders.seen_document import SeenDocument
from config.stored_messages import N_, StoredMessage
from connectors.zoho.document_kinds import ESTIMATES
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.estimate_changes import Change
from gateway.reading.document_reader import LoadedDocument, earlier_version
from gateway.requests.recording import NewOrder, record_order
from gateway.web.access import ClientVisit
from gateway.web.template_filters import today

RECORDED_TEXTS = {
    OrderKind.ACCEPT_ESTIMATE: N_("%(name)s accepted this estimate. It is recorded here."),
    OrderKind.DECLINE_ESTIMATE: N_("%(name)s declined this estimate. It is recorded here."),
}


@dataclass(frozen=True)
class Answer:
    """A client's answer: accept or decline, the version and digest of the offer they saw, and the reason."""

    kind: OrderKind
    seen_version: str
    seen_digest: str
    form_key: str
    reason: str = ""


@dataclass(frozen=True)
class AnswerRefusal:
    """Why an answer is refused; changes lists what differs from the offer the client saw,
    if that is the reason.
    """

    reason: str
    changes: tuple[Change, ...] = ()
    is_changed: bool = False


def check_answer(
    visit: ClientVisit, reading: LoadedDocument[Estimate], answer: Answer
) -> AnswerRefusal | None:
    """None when the answer is valid: the estimate can still be answered, and it is the
    offer the client saw.
    """
    estimate = reading.document
    if words := estimate.unanswerable_reason(today()):
        return AnswerRefusal(words)
    if answer.seen_digest != estimate.digest():
        seen = earlier_version(visit, ESTIMATES, estimate.id, answer.seen_version)
        changes = (
            estimate.difference(seen.to_stored()) if seen and seen.digest() == answer.seen_digest else ()
        )
        return AnswerRefusal(
            StoredMessage("It has changed since you looked at it."), changes, is_changed=True
        )
    return None


def record_answer(visit: ClientVisit, reading: LoadedDocument[Estimate], answer: Answer) -> Order:
    """Store the order durably, then enqueue its delivery. Submitting the form twice, or answering while an
    answer of the same kind is open, returns the same order.
    """
    estimate = reading.document
    return record_order(
        visit,
        NewOrder(
            message=StoredMessage(RECORDED_TEXTS[answer.kind], name=visit.account.name),
            kind=answer.kind,
            document_id=estimate.id,
            document_number=estimate.number,
            seen_version=estimate.version,
            seen_digest=estimate.digest(),
            seen_total=estimate.total,
            currency=estimate.currency,
            reason=answer.reason,
            payload=SeenDocument(estimate.to_stored()),
        ),
        form_key=answer.form_key,
    )
