"""Bringing one order to Zoho: claim, look, compare, note, send, read back. May be run any number of times,
anywhere.

    claim ─ look ─ judge ┬ send ─ read back ─ judge ┬ confirmed
                         ├ confirmed, changed, …    ├ refused, changed
                         └ look again later         └ look again later (the answer was lost, or says nothing
                         yet)

Nothing is sent before it is noted durably, and nothing is sent twice before Zoho was read after the settle
time (RELIABILITY: reading at once still doubled 2 of 200). A worker may die between any two lines: see
workers/crash_points.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import structlog

from cache.call_budget import CallClass
from cache.clock import store_now
from cache.records.order import Order, OrderState
from cache.records.orders import Claim, LeaseLost
from config.phrases import Phrase, listed
from connectors.zoho.books.client import BooksClient
from connectors.zoho.books.said import Said
from connectors.zoho.errors import (
    ZohoAccessLost,
    ZohoBusy,
    ZohoError,
    ZohoNotFound,
    ZohoRefused,
    ZohoScopeMissing,
    ZohoUnavailable,
)
from workers.crash_points import reached
from workers.job_setup import Resources
from workers.organisation_time import local_time
from workers.push import patience
from workers.push.after_order import after_order
from workers.push.comment_words import comment_text, is_among
from workers.push.order_kinds import ORDER_RULES
from workers.push.setback import setback_of, zoho_words
from workers.push.verdict import Next, Sent, Verdict

log = structlog.get_logger()

MOST_UNALLOWED = 5
"""Sendings that the merchant's grant does not cover. Reading still works then, so nothing else would ever end
them.
"""

ANSWER_LOST = Phrase("The answer of Zoho was lost. Zoho is read before anything is repeated.")
NOT_SHOWN_YET = Phrase("Zoho does not show it yet. It is read again before anything is repeated.")
REASON_PENDING = Phrase("Zoho shows the estimate as declined. Your reason is still on its way to Zoho.")


def deliver_order(org: str, order_id: str, desk: Resources) -> Order | None:
    """One step further with this order, or nothing if it is final, owned by another worker or not due."""
    reached("before_claim")
    claim = desk.orders.claim(
        org, order_id, lease=desk.settings.order_lease, settle=desk.settings.order_settle
    )
    if claim is None:
        return None
    reached("after_claim")
    try:
        order = _Delivery(desk, claim).run()
    except LeaseLost:
        log.warning("order_lease_lost", org=org, order=order_id)
        return None
    reached("after_confirm")
    log.info("order_moved", org=org, order=order_id, state=str(order.state), attempts=order.attempts)
    if order.is_final or order.state is OrderState.NEEDS_ATTENTION:
        after_order(desk, order)
    return order


class _Delivery:
    """One claimed order. Every public or private step returns the order as it was settled; LeaseLost ends
    them all.
    """

    def __init__(self, desk: Resources, claim: Claim) -> None:
        self._desk, self._claim = desk, claim
        self._rule = ORDER_RULES[claim.order.kind]

    @property
    def _order(self) -> Order:
        return self._claim.order

    def run(self) -> Order:
        try:
            said = self._look()
        except ZohoError as error:
            return self._could_not_look(error)
        reached("after_look")
        return self._act(self._judge(said, self._sent_before()), said)

    def _look(self) -> Said[Any]:
        """What Zoho has now of what this order is about."""
        return self._rule.look(self._desk, self._books(), self._order)

    def _judge(self, said: Said[Any], sent: Sent) -> Verdict:
        today = local_time(self._desk, self._order.org, said.said_at).date()
        return self._rule.judge(self._order, said.value, today, sent)

    def _sent_before(self) -> Sent:
        if not self._order.attempts:
            return Sent.NEVER
        return Sent.UNSETTLED if self._claim.was_uncertain and self._seconds_to_settle() else Sent.SETTLED

    def _act(self, verdict: Verdict, said: Said[Any], zoho_said: str = "") -> Order:
        if verdict.next is Next.SEND:
            return self._send(said)
        if verdict.next is Next.LOOK_AGAIN:
            next_in = max(0.2, self._seconds_to_settle()) if verdict.again_in is None else verdict.again_in
            return self._move(
                verdict.state, verdict.words or NOT_SHOWN_YET, next_in=next_in, result=verdict.result or None
            )
        if verdict.next is Next.CONFIRM and self._rule.brings_reason and self._order.reason:
            return self._bring_reason(verdict)
        return self._settle(verdict, zoho_said=zoho_said)

    def _send(self, said: Said[Any]) -> Order:
        if patience.is_too_late(self._order, now=self._now()):
            return self._move(
                OrderState.NEEDS_ATTENTION,
                Phrase("It was not sent in time, and is not sent any more by itself."),
            )
        self._claim = self._desk.orders.note_sending(self._claim, Phrase("It is being sent to Zoho."))
        reached("after_note_sending")
        try:
            self._send_once(said)
        except (ZohoRefused, ZohoNotFound) as refusal:
            return self._after_refusal(refusal)
        except (ZohoBusy, ZohoAccessLost, ZohoScopeMissing) as error:
            if isinstance(error, ZohoScopeMissing) and self._order.attempts >= MOST_UNALLOWED:
                words = setback_of(error).words
                return self._move(OrderState.NEEDS_ATTENTION, words, zoho_said=zoho_words(error))
            return self._wait(error, OrderState.WAITING)
        except ZohoUnavailable as away:
            if not away.outcome_unknown:
                return self._wait(away, OrderState.WAITING)
            return self._move(OrderState.UNCERTAIN, ANSWER_LOST, next_in=self._early_look())
        reached("after_post")
        try:
            back = self._look()
        except ZohoError:
            return self._move(OrderState.UNCERTAIN, ANSWER_LOST, next_in=self._early_look())
        reached("after_read_back")
        return self._act(self._judge(back, Sent.UNSETTLED), back)

    def _send_once(self, said: Said[Any]) -> None:
        if self._rule.send is None:
            raise ValueError(f"nothing is ever sent for {self._order.kind}")
        self._rule.send(self._books(), self._order, said.value)

    def _after_refusal(self, refusal: ZohoError) -> Order:
        """Zoho said no; but a repeat of something done is refused as well, so the state that is read
        decides.
        """
        words = zoho_words(refusal)
        try:
            back = self._look()
        except ZohoError as error:
            if self._order.attempts == 1:
                # Only one thing was ever sent, and it was refused: nothing of ours can have taken effect.
                return self._move(OrderState.REFUSED, Phrase("Zoho refused it."), zoho_said=words)
            if isinstance(error, ZohoNotFound):
                return self._could_not_look(error)
            return self._move(OrderState.UNCERTAIN, ANSWER_LOST, next_in=self._early_look())
        reached("after_read_back")
        return self._act(self._judge(back, Sent.REFUSED), back, zoho_said=words)

    def _could_not_look(self, error: ZohoError) -> Order:
        maybe_sent = self._order.attempts > 0
        if isinstance(error, ZohoNotFound):
            if not maybe_sent:
                return self._move(
                    OrderState.REFUSED,
                    Phrase("Zoho no longer has what this is about."),
                    zoho_said=zoho_words(error),
                )
            words = Phrase(
                "It was sent, but Zoho no longer has what it is about: what became of it cannot be read."
            )
            return self._move(OrderState.NEEDS_ATTENTION, words, zoho_said=zoho_words(error))
        if patience.is_too_late(self._order, now=self._now()):
            unread = Phrase("Zoho could not be read in time to tell what became of it.")
            is_out = maybe_sent or self._order.state is OrderState.HANDED_OVER
            words = unread if is_out else Phrase("It could not be sent in time.")
            return self._move(OrderState.NEEDS_ATTENTION, words, zoho_said=zoho_words(error))
        stays = self._order.state in (OrderState.UNCERTAIN, OrderState.HANDED_OVER)
        return self._wait(error, self._order.state if stays else OrderState.WAITING)

    def _bring_reason(self, verdict: Verdict) -> Order:
        """The answer stands; its reason follows. It is looked for first, so that it is never there twice."""
        if patience.is_too_late(self._order, now=self._now()):
            return self._without_reason(verdict, "")
        try:
            comments = self._books().estimates.comments(self._order.document_id)
            if is_among(comments.value, self._order):
                return self._settle(verdict)
            self._claim = self._desk.orders.note_sending(
                self._claim, Phrase("The reason is being brought to Zoho as a comment.")
            )
            reached("after_note_sending")
            self._books().estimates.add_comment(self._order.document_id, comment_text(self._order))
            reached("after_post")
        except (ZohoRefused, ZohoNotFound, ZohoScopeMissing) as refusal:
            return self._without_reason(verdict, zoho_words(refusal))
        except ZohoError as error:
            lost = isinstance(error, ZohoUnavailable) and error.outcome_unknown
            at_least = max(setback_of(error).at_least, self._desk.settings.order_settle if lost else 0.0)
            state = OrderState.WAITING if self._order.state is OrderState.WAITING else OrderState.UNCERTAIN
            return self._move(state, REASON_PENDING, next_in=self._next_try_in(at_least))
        return self._settle(verdict)

    def _without_reason(self, verdict: Verdict, zoho_said: str) -> Order:
        not_left = Phrase("Your reason could not be left in Zoho: please tell the merchant directly.")
        words = listed((verdict.words, not_left), " ")
        result = {**verdict.result, "reason": "not delivered"}
        return self._move(OrderState.CONFIRMED, words, zoho_said=zoho_said, result=result)

    def _settle(self, verdict: Verdict, *, zoho_said: str = "") -> Order:
        return self._move(verdict.state, verdict.words, zoho_said=zoho_said, result=verdict.result)

    def _wait(self, error: ZohoError, state: OrderState) -> Order:
        setback = setback_of(error)
        next_in = self._next_try_in(setback.at_least)
        return self._move(state, setback.words, zoho_said=setback.zoho_said, next_in=next_in)

    def _move(
        self,
        state: OrderState,
        words: str,
        *,
        zoho_said: str = "",
        next_in: float | None = None,
        result: dict[str, str] | None = None,
    ) -> Order:
        return self._desk.orders.move(
            self._claim, state, words=words, zoho_said=zoho_said, next_in=next_in, result=result
        )

    def _books(self) -> BooksClient:
        return self._desk.zoho.books(self._order.org, CallClass.ORDER)

    def _now(self) -> dt.datetime:
        return store_now(self._desk.redis.records)

    def _next_try_in(self, at_least: float) -> float:
        return patience.next_try_in(self._order, now=self._now(), at_least=at_least)

    def _early_look(self) -> float:
        return min(patience.EARLY_LOOK, float(self._desk.settings.order_settle))

    def _seconds_to_settle(self) -> float:
        settings = self._desk.settings
        return patience.seconds_to_settle(
            self._order, now=self._now(), lease=settings.order_lease, settle=settings.order_settle
        )
