"""What to do with an answer to an estimate, given the order and the estimate as Zoho has it now. Pure."""

from __future__ import annotations

import datetime as dt
import json

from cache.records.orders.order import Order, OrderState
from cache.records.orders.seen_document import seen_fields
from config.stored_messages import StoredMessage, join_messages
from connectors.zoho.documents.estimate import Estimate
from workers.push.answer_rules import ACCEPTANCE, DECLINE, AnswerRule
from workers.push.verdict import Next, Sent, Verdict, changes_message, effect_not_shown, ended


def judge_acceptance(order: Order, estimate: Estimate, today: dt.date, sent: Sent) -> Verdict:
    """See _judge. today: the organisation's calendar day when the estimate was read."""
    return _judge(order, estimate, today, sent, ACCEPTANCE)


def judge_decline(order: Order, estimate: Estimate, today: dt.date, sent: Sent) -> Verdict:
    """See _judge. today: the organisation's calendar day when the estimate was read."""
    return _judge(order, estimate, today, sent, DECLINE)


def _judge(order: Order, estimate: Estimate, today: dt.date, sent: Sent, rule: AnswerRule) -> Verdict:
    """The rule of zoho.md 5.1: the status that was read decides, not the response to a write.

    today: the organisation's calendar day when the estimate was read.
    """
    if estimate.customer_id != order.customer_id:
        return ended(
            OrderState.REFUSED, StoredMessage("This estimate no longer belongs to your company in Zoho.")
        )
    if estimate.status in rule.done_in:
        return _already_there(order, estimate, rule, sent)
    if sent is Sent.UNSETTLED:
        return Verdict(Next.FETCH_AGAIN, OrderState.UNCERTAIN)
    if why := estimate.unanswerable_reason(today):
        return ended(
            OrderState.CHANGED, join_messages((rule.not_done, why), " "), {"status": estimate.status}
        )
    if not _is_what_was_seen(order, estimate):
        return _changed_offer(order, estimate)
    return effect_not_shown(
        order,
        sent,
        refused=StoredMessage("The estimate is as it was."),
        still=StoredMessage("Zoho still shows the estimate unanswered."),
    )


def _already_there(order: Order, estimate: Estimate, rule: AnswerRule, sent: Sent) -> Verdict:
    """Done by us, or earlier by somebody else; and an acceptance only of the exact offer the client saw."""
    result = {"status": estimate.status}
    if estimate.invoice_ids:
        result["invoice_id"] = estimate.invoice_ids[0]
    if sent is Sent.NEVER:
        return ended(OrderState.CHANGED, rule.already, result)
    if rule.binds_offer and order.seen_digest != estimate.digest():
        changes = changes_message(estimate.difference(seen_fields(order.payload)))
        words = join_messages((rule.other_offer, changes, StoredMessage("A person must look at it.")), " ")
        return Verdict(Next.END, OrderState.NEEDS_ATTENTION, words, result)
    words = rule.shown_invoiced if estimate.status == "invoiced" else rule.shown
    return Verdict(Next.CONFIRM, OrderState.CONFIRMED, words, result)


def _is_what_was_seen(order: Order, estimate: Estimate) -> bool:
    """Same version and same content. Where Zoho gives no modification time (zoho.md 2.6) the
    content decides.
    """
    same_version = not order.seen_version or not estimate.version or order.seen_version == estimate.version
    return same_version and order.seen_digest == estimate.digest()


def _changed_offer(order: Order, estimate: Estimate) -> Verdict:
    changes = estimate.difference(seen_fields(order.payload))
    result = {"status": estimate.status, "version": estimate.version, "changes": json.dumps(changes)}
    words = StoredMessage("It was not sent: the estimate was changed in Zoho after you saw it.")
    return ended(OrderState.CHANGED, join_messages((words, changes_message(changes)), " "), result)
