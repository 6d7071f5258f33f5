"""Deliver one order to Zoho: claim, fetch, judge, record, send, read back. Idempotent, on any machine.

    claim ─ fetch ─ judge ┬ send ─ read back ─ judge ┬ confirmed
                          ├ confirmed, changed, …    ├ refused, changed
                          └ again later              └ again later (response lost, or no effect yet)

Nothing is sent before the intent is stored durably, and nothing is sent twice before Zoho was read after the
settle time (measured: reading at once still doubled 2 of 200). A worker may die between any two lines: see
workers/crash_points.
"""

from __future__ import annotations

from typing import Any

import structlog

from cache.records.orders.order import Order, OrderState
from cache.records.orders.order_moves import LeaseLost
from config.stored_messages import StoredMessage, join_messages
from connectors.zoho.api.errors import (
    ZohoAccessLost,
    ZohoBusy,
    ZohoError,
    ZohoNotFound,
    ZohoRefused,
    ZohoScopeMissing,
    ZohoUnavailable,
)
from connectors.zoho.api.fetched import Fetched
from workers.crash_points import reached
from workers.organisation_time import local_time
from workers.push import backoff
from workers.push.after_order import after_order
from workers.push.claimed_order import ClaimedOrder
from workers.push.comment_text import comment_text, has_comment_of
from workers.push.failure_policy import failure_policy_for, zoho_message_of
from workers.push.verdict import Next, Sent, Verdict
from workers.services import Services

log = structlog.get_logger()

MOST_UNALLOWED = 5
"""Orders that the merchant's grant does not cover. Reading still works then, so nothing else would end the
retries.
"""

ANSWER_LOST = StoredMessage("The answer of Zoho was lost. Zoho is read before anything is repeated.")
NOT_SHOWN_YET = StoredMessage("Zoho does not show it yet. It is read again before anything is repeated.")
REASON_PENDING = StoredMessage(
    "Zoho shows the estimate as declined. Your reason is still on its way to Zoho."
)


def deliver_order(org: str, order_id: str, services: Services) -> Order | None:
    """Advance this order by one step; does nothing if it is final, leased to another worker or not due."""
    reached("before_claim")
    claim = services.orders.claim(
        org, order_id, lease=services.settings.order_lease, settle=services.settings.order_settle
    )
    if claim is None:
        return None
    reached("after_claim")
    try:
        order = _Delivery(services, claim).run()
    except LeaseLost:
        log.warning("order_lease_lost", org=org, order=order_id)
        return None
    reached("after_confirm")
    log.info("order_state_changed", org=org, order=order_id, state=str(order.state), attempts=order.attempts)
    if order.is_final or order.state is OrderState.NEEDS_ATTENTION:
        after_order(services, order)
    return order


class _Delivery(ClaimedOrder):
    """One claimed order. Every step returns the order as it was settled; LeaseLost ends the delivery."""

    def run(self) -> Order:
        try:
            fetched = self._fetch()
        except ZohoError as error:
            return self._fetch_failed(error)
        reached("after_fetch")
        return self._act(self._judge(fetched, self._sent_before()), fetched)

    def _fetch(self) -> Fetched[Any]:
        """What Zoho has now of the order's document."""
        return self._rule.fetch(self._services, self._books(), self._order)

    def _judge(self, fetched: Fetched[Any], sent: Sent) -> Verdict:
        today = local_time(self._services, self._order.org, fetched.as_of).date()
        return self._rule.judge(self._order, fetched.value, today, sent)

    def _sent_before(self) -> Sent:
        if not self._order.attempts:
            return Sent.NEVER
        return Sent.UNSETTLED if self._claim.was_uncertain and self._seconds_to_settle() else Sent.SETTLED

    def _act(self, verdict: Verdict, fetched: Fetched[Any], zoho_message: str = "") -> Order:
        if verdict.next is Next.SEND:
            return self._send(fetched)
        if verdict.next is Next.FETCH_AGAIN:
            next_in = max(0.2, self._seconds_to_settle()) if verdict.again_in is None else verdict.again_in
            return self._move(
                verdict.state,
                verdict.message or NOT_SHOWN_YET,
                next_in=next_in,
                result=verdict.result or None,
            )
        if verdict.next is Next.CONFIRM and self._rule.reason_lead and self._order.reason:
            return self._bring_reason(verdict)
        return self._settle(verdict, zoho_message=zoho_message)

    def _send(self, fetched: Fetched[Any]) -> Order:
        if backoff.is_past_deadline(self._order, now=self._now()):
            return self._move(
                OrderState.NEEDS_ATTENTION,
                StoredMessage("It was not sent in time, and is not sent any more by itself."),
            )
        self._claim = self._services.orders.note_sending(
            self._claim, StoredMessage("It is being sent to Zoho.")
        )
        reached("after_note_sending")
        try:
            self._send_once(fetched)
        except (ZohoRefused, ZohoNotFound) as refusal:
            return self._after_refusal(refusal)
        except (ZohoBusy, ZohoAccessLost, ZohoScopeMissing) as error:
            if isinstance(error, ZohoScopeMissing) and self._order.attempts >= MOST_UNALLOWED:
                words = failure_policy_for(error).message
                return self._move(OrderState.NEEDS_ATTENTION, words, zoho_message=zoho_message_of(error))
            return self._wait(error, OrderState.WAITING)
        except ZohoUnavailable as away:
            if not away.outcome_unknown:
                return self._wait(away, OrderState.WAITING)
            return self._move(OrderState.UNCERTAIN, ANSWER_LOST, next_in=self._early_fetch())
        reached("after_post")
        try:
            back = self._fetch()
        except ZohoError:
            return self._move(OrderState.UNCERTAIN, ANSWER_LOST, next_in=self._early_fetch())
        reached("after_read_back")
        return self._act(self._judge(back, Sent.UNSETTLED), back)

    def _send_once(self, fetched: Fetched[Any]) -> None:
        if self._rule.send is None:
            raise ValueError(f"nothing is ever sent for {self._order.kind}")
        self._rule.send(self._books(), self._order, fetched.value)

    def _after_refusal(self, refusal: ZohoError) -> Order:
        """Zoho refused; but repeating something already done is refused too, so the state that is read
        decides.
        """
        words = zoho_message_of(refusal)
        try:
            back = self._fetch()
        except ZohoError as error:
            if self._order.attempts == 1:
                # Only one request was ever sent, and it was refused: nothing of ours can have taken effect.
                return self._move(OrderState.REFUSED, StoredMessage("Zoho refused it."), zoho_message=words)
            if isinstance(error, ZohoNotFound):
                return self._fetch_failed(error)
            return self._move(OrderState.UNCERTAIN, ANSWER_LOST, next_in=self._early_fetch())
        reached("after_read_back")
        return self._act(self._judge(back, Sent.REFUSED), back, zoho_message=words)

    def _fetch_failed(self, error: ZohoError) -> Order:
        maybe_sent = self._order.attempts > 0
        if isinstance(error, ZohoNotFound):
            if not maybe_sent:
                return self._move(
                    OrderState.REFUSED,
                    StoredMessage("Zoho no longer has what this is about."),
                    zoho_message=zoho_message_of(error),
                )
            words = StoredMessage(
                "It was sent, but Zoho no longer has what it is about: what became of it cannot be read."
            )
            return self._move(OrderState.NEEDS_ATTENTION, words, zoho_message=zoho_message_of(error))
        if backoff.is_past_deadline(self._order, now=self._now()):
            unread = StoredMessage("Zoho could not be read in time to tell what became of it.")
            is_out = maybe_sent or self._order.state is OrderState.AT_CHECKOUT
            words = unread if is_out else StoredMessage("It could not be sent in time.")
            return self._move(OrderState.NEEDS_ATTENTION, words, zoho_message=zoho_message_of(error))
        stays = self._order.state in (OrderState.UNCERTAIN, OrderState.AT_CHECKOUT)
        return self._wait(error, self._order.state if stays else OrderState.WAITING)

    def _bring_reason(self, verdict: Verdict) -> Order:
        """The answer is done; its reason follows as a comment. Search for it first, so that it is never
        posted twice.
        """
        if backoff.is_past_deadline(self._order, now=self._now()):
            return self._without_reason(verdict, "")
        try:
            comments = self._books().estimates.comments(self._order.document_id)
            if has_comment_of(comments.value, self._order):
                return self._settle(verdict)
            self._claim = self._services.orders.note_sending(
                self._claim, StoredMessage("The reason is being brought to Zoho as a comment.")
            )
            reached("after_note_sending")
            self._books().estimates.add_comment(
                self._order.document_id, comment_text(self._order, self._rule.reason_lead)
            )
            reached("after_post")
        except (ZohoRefused, ZohoNotFound, ZohoScopeMissing) as refusal:
            return self._without_reason(verdict, zoho_message_of(refusal))
        except ZohoError as error:
            lost = isinstance(error, ZohoUnavailable) and error.outcome_unknown
            at_least = max(
                failure_policy_for(error).at_least, self._services.settings.order_settle if lost else 0.0
            )
            state = OrderState.WAITING if self._order.state is OrderState.WAITING else OrderState.UNCERTAIN
            return self._move(state, REASON_PENDING, next_in=self._next_try_in(at_least))
        return self._settle(verdict)

    def _without_reason(self, verdict: Verdict, zoho_message: str) -> Order:
        not_left = StoredMessage("Your reason could not be left in Zoho: please tell the merchant directly.")
        words = join_messages((verdict.message, not_left), " ")
        result = {**verdict.result, "reason": "not delivered"}
        return self._move(OrderState.CONFIRMED, words, zoho_message=zoho_message, result=result)
