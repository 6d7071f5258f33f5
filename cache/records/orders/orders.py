"""Clients' orders, stored so that none is lost and no two workers deliver the same one."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from redis import Redis

from cache.lua import load_script
from cache.records.orders import keys as order_keys
from cache.records.orders.kinds import ORDER_KINDS
from cache.records.orders.order import (
    MAY_BE_WITHDRAWN,
    MAY_FOLLOW,
    Order,
    OrderKind,
    OrderState,
)
from cache.records.orders.order_conflict import conflicting_queues, raise_on_conflict
from cache.records.orders.order_queue import order_queue
from cache.records.orders.order_record import from_record, to_record
from cache.records.scheduler import keys as scheduler_keys
from cache.records.scheduler.due_times import DueTimes
from config.stored_messages import StoredMessage, stored_text

CLAIM = load_script(__package__, "claim")
MOVE = load_script(__package__, "move")
NOTE = load_script(__package__, "note")
RECORD = load_script(__package__, "record")

FORM_KEY_LIVES = 24 * 3600
"""Seconds in which the same form sent again finds its order instead of making a second one."""

MAX_WAITING = 1_000
"""How many of an organisation's latest orders are searched for waiting ones; older ones keep their own due
time.
"""

MIN_FETCH_INTERVAL = 5
"""Seconds between two checks requested by people."""

LOST_ANSWER = StoredMessage(
    "The connection to Zoho was interrupted while this was being sent. It is being checked with Zoho."
)


class LeaseLost(Exception):
    """Another worker owns the order now. Stop: it will find out the state by reading."""


class IllegalMove(Exception):
    """A state change that is not allowed: a bug in our own code."""


@dataclass(frozen=True)
class Claim:
    """The right to deliver one order until the lease ends. was_uncertain: read before sending anything."""

    order: Order
    token: str
    lease: int

    @property
    def was_uncertain(self) -> bool:
        return self.order.state is OrderState.UNCERTAIN


class Orders:
    """All methods may raise redis' errors when the store is down; nothing is half-written then."""

    def __init__(self, records: Redis) -> None:
        self._records = records
        self._due = DueTimes(records, "orders")
        self._record = records.register_script(RECORD)
        self._claim = records.register_script(CLAIM)
        self._move = records.register_script(MOVE)
        self._note = records.register_script(NOTE)

    def record(self, order: Order, *, form_key: str) -> Order:
        """Write a new order durably; or return the one already made by this form, or by the same request
        about the same document.

        One without next_at is not due until something sets it. Raises OrderConflict.
        """
        once = order.kind.value if ORDER_KINDS[order.kind].once_at_a_time else ""
        due = "due" if order.next_at is not None else ""
        fields = [text for pair in to_record(order).items() for text in pair]
        order_id = self._record(
            keys=[
                order_keys.order_form(order.org, form_key),
                order_keys.document_queue(order.org, order_queue(order)),
                order_keys.order(order.org, order.id),
                order_keys.customer_orders(order.org, order.customer_id),
                order_keys.organisation_orders(order.org),
                scheduler_keys.due("orders"),
                *conflicting_queues(order),
            ],
            args=[
                order.id,
                _member(order.org, order.id),
                FORM_KEY_LIVES,
                order_keys.order(order.org, ""),
                once,
                due,
                *fields,
            ],
        )
        kept = self.get(order.org, raise_on_conflict(order_id))
        return kept if kept is not None else order

    def get(self, org: str, order_id: str) -> Order | None:
        record: Any = self._records.hgetall(order_keys.order(org, order_id))
        return from_record(record) if record else None

    def of_customer(self, org: str, customer_id: str, limit: int) -> list[Order]:
        """Newest first."""
        return self._newest(org, order_keys.customer_orders(org, customer_id), limit)

    def of_org(self, org: str, limit: int) -> list[Order]:
        """Newest first."""
        return self._newest(org, order_keys.organisation_orders(org), limit)

    def due(self, limit: int) -> list[tuple[str, str]]:
        """(organisation, order id) of what is due, oldest first. Reading changes nothing; a claim decides."""
        return [_parts(member) for member in self._due.due(limit)]

    def claim(self, org: str, order_id: str, *, lease: int, settle: int) -> Claim | None:
        """The right to deliver it for `lease` seconds; None if it is final, leased, not due, or not first in
        its queue.

        An order in sending whose lease expired becomes uncertain, and can be claimed only `settle` seconds
        after that.
        """
        order = self.get(org, order_id)
        if order is None:
            self._due.remove(_member(org, order_id))
            return None
        token = secrets.token_urlsafe(16)
        flat = self._claim(
            keys=self._keys(order),
            args=[order_id, _member(org, order_id), lease, settle, token, stored_text(LOST_ANSWER)],
        )
        if not flat:
            return None
        return Claim(from_record(dict(zip(flat[::2], flat[1::2], strict=True))), token, lease)

    def note_sending(self, claim: Claim, message: str) -> Claim:
        """Record durably, before sending, that Zoho may receive it. Renews the lease."""
        order = self._apply(
            claim.order, claim.token, OrderState.SENDING, message=message, hold=claim.lease, attempts=1
        )
        return Claim(order, claim.token, claim.lease)

    def move(
        self,
        claim: Claim,
        state: OrderState,
        *,
        message: str,
        zoho_message: str = "",
        next_in: float | None = None,
        result: dict[str, str] | None = None,
    ) -> Order:
        """Settle the claimed order into `state` and release it. next_in: seconds until the next check.

        Raises LeaseLost if another worker owns it, IllegalMove if the state change is not allowed.
        """
        return self._apply(
            claim.order,
            claim.token,
            state,
            message=message,
            zoho_message=zoho_message,
            next_in=next_in,
            result=result,
        )

    def withdraw(self, org: str, order_id: str, *, message: str) -> bool:
        """Withdraw an order that was never sent; False if it is too late."""
        order = self.get(org, order_id)
        if order is None:
            return False
        return self._unowned(order, OrderState.WITHDRAWN, message, set(MAY_BE_WITHDRAWN), next_in=None)

    def retry(self, org: str, order_id: str, *, message: str) -> bool:
        """Check again now, at a person's request: waiting orders at once, stuck ones by reading first if
        something may have been sent.
        """
        order = self.get(org, order_id)
        if order is None:
            return False
        state = OrderState.UNCERTAIN if order.attempts else OrderState.RECORDED
        if order.state is OrderState.WAITING:
            state = OrderState.WAITING
        return self._unowned(
            order, state, message, {OrderState.NEEDS_ATTENTION, OrderState.WAITING}, next_in=0.0
        )

    def approve(self, org: str, order_id: str, *, message: str, not_after: dt.datetime) -> bool:
        """The merchant confirms a proposal: it is due now. False if it is no longer a proposal."""
        order = self.get(org, order_id)
        if order is None:
            return False
        return self._unowned(
            order, OrderState.RECORDED, message, {OrderState.PROPOSED}, next_in=0.0, not_after=not_after
        )

    def reject(self, org: str, order_id: str, *, message: str) -> bool:
        """The merchant rejects a proposal. False if it is no longer a proposal."""
        order = self.get(org, order_id)
        if order is None:
            return False
        return self._unowned(order, OrderState.REFUSED, message, {OrderState.PROPOSED}, next_in=None)

    def resume_waiting(self, org: str, *, message: str) -> list[str]:
        """Make the orders that wait for Zoho due now, because the obstacle is gone; returns their ids."""
        waiting = [one for one in self.of_org(org, MAX_WAITING) if one.state is OrderState.WAITING]
        return [
            one.id
            for one in waiting
            if self._unowned(one, OrderState.WAITING, message, {OrderState.WAITING}, next_in=0.0)
        ]

    def note(self, order: Order, notes: dict[str, str], *, message: str = "") -> bool:
        """Note what a person did with an order at checkout, as a step if there is a message. It is checked at
        once, but not twice within MIN_FETCH_INTERVAL seconds; returns whether it will be. Raises
        OrderConflict if a dismissed one cannot resume.
        """
        member, state, orders = (
            _member(order.org, order.id),
            OrderState.AT_CHECKOUT.value,
            order_keys.order(order.org, ""),
        )
        answer = self._note(
            keys=[
                order_keys.order(order.org, order.id),
                scheduler_keys.due("orders"),
                *conflicting_queues(order),
            ],
            args=[
                order.id,
                member,
                state,
                json.dumps(notes),
                stored_text(message),
                MIN_FETCH_INTERVAL,
                orders,
            ],
        )
        return raise_on_conflict(answer) == "soon"

    def open_payments(self, org: str, invoice_ids: Iterable[str]) -> list[Order]:
        """The open payments of these invoices; one round trip if none has any."""
        with self._records.pipeline(transaction=False) as pipe:
            for invoice_id in invoice_ids:
                pipe.lindex(order_keys.document_queue(org, f"{OrderKind.PAY_INVOICE}:{invoice_id}"), 0)
            found = [self.get(org, order_id) for order_id in pipe.execute() if order_id]
        return [order for order in found if order is not None]

    def first_in_queue(self, order: Order) -> str | None:
        """The id of the order that is now first in the same queue, if any."""
        first: Any = self._records.lindex(order_keys.document_queue(order.org, order_queue(order)), 0)
        return str(first) if first else None

    def _unowned(
        self,
        order: Order,
        state: OrderState,
        message: str,
        sources: set[OrderState],
        *,
        next_in: float | None,
        not_after: dt.datetime | None = None,
    ) -> bool:
        answer = self._call_move(
            order, "", sources, state, message=message, next_in=next_in, not_after=not_after
        )
        return answer == "ok"

    def _apply(self, order: Order, token: str, state: OrderState, **how: Any) -> Order:
        sources = {source for source, following in MAY_FOLLOW.items() if state in following}
        answer = self._call_move(order, token, sources, state, **how)
        if answer in ("lost", "gone"):
            raise LeaseLost(order.id)
        if answer != "ok":
            raise IllegalMove(f"{order.id}: {answer} → {state}")
        kept = self.get(order.org, order.id)
        if kept is None:
            raise LeaseLost(order.id)
        return kept

    def _call_move(  # noqa: PLR0913 - the arguments of one Lua script, called in one place
        self,
        order: Order,
        token: str,
        sources: set[OrderState],
        state: OrderState,
        *,
        message: str,
        zoho_message: str = "",
        next_in: float | None = None,
        result: dict[str, str] | None = None,
        hold: int | None = None,
        attempts: int = 0,
        not_after: dt.datetime | None = None,
    ) -> str:
        return str(
            self._move(
                keys=self._keys(order),
                args=[
                    order.id,
                    _member(order.org, order.id),
                    token,
                    json.dumps(sorted(sources)),
                    state.value,
                    stored_text(message),
                    zoho_message,
                    "" if next_in is None else next_in,
                    "" if result is None else json.dumps(result),
                    "" if hold is None else hold,
                    attempts,
                    "" if not_after is None else not_after.isoformat(),
                ],
            )
        )

    def _keys(self, order: Order) -> list[str]:
        return [
            order_keys.order(order.org, order.id),
            order_keys.document_queue(order.org, order_queue(order)),
            scheduler_keys.due("orders"),
        ]

    def _newest(self, org: str, index: str, limit: int) -> list[Order]:
        ids: Any = self._records.zrevrange(index, 0, limit - 1)
        with self._records.pipeline(transaction=False) as pipe:
            for order_id in ids:
                pipe.hgetall(order_keys.order(org, order_id))
            return [from_record(record) for record in pipe.execute() if record]


def _member(org: str, order_id: str) -> str:
    return f"{org}|{order_id}"


def _parts(member: str) -> tuple[str, str]:
    org, _, order_id = member.partition("|")
    return org, order_id
