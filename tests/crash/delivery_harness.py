"""Deliveries in this process that lose their power at a step, and a clock that is moved instead of waited
for.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from cache.clock import store_now
from cache.records.connections import keys as connection_keys
from cache.records.orders import keys as order_keys
from cache.records.orders.order import Order, OrderState
from cache.records.orders.order_queue import order_queue
from cache.records.scheduler import keys as scheduler_keys
from tests.crash.zoho_world import ZohoWorld
from tests.servers.redis_server import RedisServer
from workers.push import deliver_order as delivery
from workers.push.backoff import EARLY_FETCH

TIMES_OF_RESULT = ("debit_since", "debit_over", "booking_since")


class PowerCut(BaseException):
    """Nothing of ours catches it: what was written stays, what was not is lost, as when a process is
    killed.
    """


class DeliveryHarness:
    """One worker. at_step: what happens when a delivery gets to a step. may_be_late: whether effects may
    still be to come.
    """

    def __init__(
        self, world: ZohoWorld, records_server: RedisServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.world, self.stores, self.services, self.org = world, world.stores, world.services, world.org
        self.records_server, self.may_be_late = records_server, True
        self.at_step: Callable[[str], None] = lambda step: None
        monkeypatch.setattr(delivery, "reached", lambda step: self.at_step(step))

    def record(self, order: Order) -> Order:
        """A client asks for it. One that a person must look at keeps its place in the line; here nobody
        comes.
        """
        self.stores.records.delete(order_keys.document_queue(self.org, order_queue(order)))
        return self.services.orders.record(order, form_key=order.id)

    def deliver(self, order: Order) -> Order:
        """One ring, which may end in a power cut."""
        with contextlib.suppress(PowerCut):
            delivery.deliver_order(self.org, order.id, self.services)
        found = self.services.orders.get(self.org, order.id)
        assert found is not None, f"{order.id} was lost"
        return found

    def at_rest(
        self,
        order: Order,
        *,
        before_job: Callable[[int], None] = lambda number: None,
        most_jobs: int = 80,
        late: Callable[[float], float] = lambda age: 0.0,
    ) -> Order:
        """Ring, and move the clock to the next time it is due, until nothing more happens by itself. late: by
        the order's age in seconds, how long no ring comes at least.
        """
        for number in range(most_jobs):
            before_job(number)
            order = self.deliver(order)
            if order.is_final or order.state is OrderState.NEEDS_ATTENTION:
                break
            age = (store_now(self.stores.records) - order.recorded_at).total_seconds()
            self.jump(order, at_least=late(age))
        self._wait_for_effects()
        return order

    def jump(self, order: Order, *, at_least: float = 0.0) -> None:
        """The order becomes due, or more than due: all its times move into the past by the seconds that are
        missing. Late effects land within the settle time.
        """
        due: Any = self.stores.records.zscore(scheduler_keys.due("orders"), f"{self.org}|{order.id}")
        ahead = max((due or 0.0) - store_now(self.stores.records).timestamp() + 0.01, at_least)
        if ahead <= 0.01:
            return
        if ahead > EARLY_FETCH * 2:
            self._wait_for_effects()
        key = order_keys.order(self.org, order.id)
        record: Any = self.stores.records.hgetall(key)
        steps = [{**step, "at": f"{float(step['at']) - ahead:.6f}"} for step in json.loads(record["steps"])]
        moved = {"steps": json.dumps(steps)}
        for name in ("next_at", "lease_until"):
            if record.get(name):
                moved[name] = str(float(record[name]) - ahead)
        for name in ("recorded_at", "not_after"):
            moved[name] = _earlier(record[name], ahead)
        result = json.loads(record["result"])
        moved["result"] = json.dumps(
            {**result, **{name: _earlier(result[name], ahead) for name in TIMES_OF_RESULT if name in result}}
        )
        with self.stores.records.pipeline() as pipe:
            pipe.hset(key, mapping=moved)  # type: ignore[arg-type]
            pipe.zadd(scheduler_keys.due("orders"), {f"{self.org}|{order.id}": due - ahead})
            for product in ("books", "billing"):
                pipe.delete(
                    connection_keys.blocked(self.org, product), connection_keys.day_figures(self.org, product)
                )
            pipe.execute()
        self.stores.copies.flushdb()

    def kill_store(self) -> None:
        """Killed, and started again from its append-only file."""
        self.records_server.kill()
        self.records_server.start()

    def _wait_for_effects(self) -> None:
        if self.may_be_late:
            self.world.wait_for_effects()


def _earlier(time: str, seconds: float) -> str:
    return (dt.datetime.fromisoformat(time) - dt.timedelta(seconds=seconds)).isoformat()
