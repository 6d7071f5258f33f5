"""Moving an order from one state to another: only with the lease's token, or while no worker owns it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from redis import Redis

from cache.lua import load_script
from cache.records.orders import keys as order_keys
from cache.records.orders.order import MAY_FOLLOW, Order, OrderState
from cache.records.orders.order_lookups import OrderLookups, due_member
from cache.records.orders.order_queue import order_queue
from cache.records.scheduler import keys as scheduler_keys
from config.stored_messages import stored_text

MOVE = load_script(__package__, "move")


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


class OrderMoves(OrderLookups):
    """The part of the store that changes an order's state."""

    def __init__(self, records: Redis) -> None:
        super().__init__(records)
        self._move = records.register_script(MOVE)

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
                    due_member(order.org, order.id),
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
