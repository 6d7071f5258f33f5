"""Clients' orders, stored so that none is lost and no two workers deliver the same one."""

from __future__ import annotations

import datetime as dt
import json
import secrets

from redis import Redis

from cache.lua import load_script
from cache.records.orders import keys as order_keys
from cache.records.orders.kinds import ORDER_KINDS
from cache.records.orders.order import (
    MAY_BE_WITHDRAWN,
    Order,
    OrderState,
)
from cache.records.orders.order_conflict import conflicting_queues, raise_on_conflict
from cache.records.orders.order_lookups import due_member
from cache.records.orders.order_moves import Claim, OrderMoves
from cache.records.orders.order_queue import order_queue
from cache.records.orders.order_record import from_record, to_record
from cache.records.scheduler import keys as scheduler_keys
from config.stored_messages import StoredMessage, stored_text

CLAIM = load_script(__package__, "claim")
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


class Orders(OrderMoves):
    """All methods may raise redis' errors when the store is down; nothing is half-written then."""

    def __init__(self, records: Redis) -> None:
        super().__init__(records)
        self._record = records.register_script(RECORD)
        self._claim = records.register_script(CLAIM)
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
                due_member(order.org, order.id),
                FORM_KEY_LIVES,
                order_keys.order(order.org, ""),
                once,
                due,
                *fields,
            ],
        )
        kept = self.get(order.org, raise_on_conflict(order_id))
        return kept if kept is not None else order

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
        waiting = [item for item in self.of_org(org, MAX_WAITING) if item.state is OrderState.WAITING]
        return [
            item.id
            for item in waiting
            if self._unowned(item, OrderState.WAITING, message, {OrderState.WAITING}, next_in=0.0)
        ]

    def note(self, order: Order, notes: dict[str, str], *, message: str = "") -> bool:
        """Note what a person did with an order at checkout, as a step if there is a message. It is checked at
        once, but not twice within MIN_FETCH_INTERVAL seconds; returns whether it will be. Raises
        OrderConflict if a dismissed one cannot resume.
        """
        member, state, orders = (
            due_member(order.org, order.id),
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


def _member(org: str, order_id: str) -> str:
    return f"{org}|{order_id}"
