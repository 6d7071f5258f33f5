"""One order that this worker has claimed: its clock, its client for Zoho, and how it is moved or put off."""

from __future__ import annotations

import datetime as dt

from cache.clock import store_now
from cache.records.connections.call_budget import CallClass
from cache.records.orders.order import Order, OrderState
from cache.records.orders.order_moves import Claim
from connectors.zoho.api.errors import ZohoError
from connectors.zoho.books.client import BooksClient
from workers.push import backoff
from workers.push.failure_policy import failure_policy_for
from workers.push.order_kinds import ORDER_RULES
from workers.push.verdict import Verdict
from workers.services import Services


class ClaimedOrder:
    """Every move returns the order as it is stored then; LeaseLost ends the delivery."""

    def __init__(self, services: Services, claim: Claim) -> None:
        self._services, self._claim = services, claim
        self._rule = ORDER_RULES[claim.order.kind]

    @property
    def _order(self) -> Order:
        return self._claim.order

    def _settle(self, verdict: Verdict, *, zoho_message: str = "") -> Order:
        return self._move(verdict.state, verdict.message, zoho_message=zoho_message, result=verdict.result)

    def _wait(self, error: ZohoError, state: OrderState) -> Order:
        policy = failure_policy_for(error)
        next_in = self._next_try_in(policy.at_least)
        return self._move(state, policy.message, zoho_message=policy.zoho_message, next_in=next_in)

    def _move(
        self,
        state: OrderState,
        message: str,
        *,
        zoho_message: str = "",
        next_in: float | None = None,
        result: dict[str, str] | None = None,
    ) -> Order:
        return self._services.orders.move(
            self._claim, state, message=message, zoho_message=zoho_message, next_in=next_in, result=result
        )

    def _books(self) -> BooksClient:
        return self._services.zoho.books(self._order.org, CallClass.ORDER)

    def _now(self) -> dt.datetime:
        return store_now(self._services.stores.records)

    def _next_try_in(self, at_least: float) -> float:
        return backoff.next_try_in(self._order, now=self._now(), at_least=at_least)

    def _early_fetch(self) -> float:
        return min(backoff.EARLY_FETCH, float(self._services.settings.order_settle))

    def _seconds_to_settle(self) -> float:
        settings = self._services.settings
        return backoff.seconds_to_settle(
            self._order, now=self._now(), lease=settings.order_lease, settle=settings.order_settle
        )
