"""Seeded disasters over real worker processes: killed at any step or anywhere, a store that dies, a grant
that goes, faults of every kind.

FOYER_CRASH_SCHEDULES: how many orders go through them. Replacements of cards and bank accounts are not among
them: a worker sends nothing for one; payments at Zoho's page have a test of their own.
"""

from __future__ import annotations

import dataclasses
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cache.records.orders.order import Order, OrderKind, OrderState
from cache.stores import Stores
from config.settings import Settings
from tests.crash.failure_schedules import WRITES, find_discrepancies
from tests.crash.order_scenarios import SCENARIOS
from tests.crash.zoho_world import ZohoWorld
from tests.servers.redis_server import RedisServer
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_factory import ForkedWorkers
from tests.servers.worker_process import until
from workers.crash_points import DELIVERY_STEPS
from workers.push.order_kinds import ORDER_RULES

SCHEDULES = int(os.environ.get("FOYER_CRASH_SCHEDULES") or "200")
AT_ONCE = 10
KINDS = [kind for kind in OrderKind if ORDER_RULES[kind].send is not None]
FAULTS: tuple[dict[str, Any], ...] = (
    {"do": "cut_before"},
    {"do": "cut_after"},
    {"do": "status", "status": 500},
    {"do": "html", "status": 502},
    {"do": "half_answer"},
    {"do": "delay", "seconds": 1.4},
    {"do": "status", "status": 429, "code": 1070},
    {"do": "expire_token"},
    {"do": "late_commit", "seconds": 0.5, "answer": "cut"},
)
LONGEST_LIFE = 5.0
"""Seconds after which a worker that has not come to its step is killed wherever it is."""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Short times, in the right order: an answer is waited for 1 s, a lease lasts 3 s, and 3 s settle what
    was lost.
    """
    return dataclasses.replace(
        settings,
        zoho_read_timeout=1.0,
        order_lease=3,
        order_settle=3,
        zoho_calls_per_minute=100_000,
        zoho_billing_calls_per_minute=100_000,
    )


@pytest.fixture
def world(settings: Settings, stores: Stores, sandbox: SandboxServer) -> ZohoWorld:
    return ZohoWorld(settings, stores, sandbox)


@pytest.fixture
def worker_processes(world: ZohoWorld, tmp_path: Path) -> Iterator[ForkedWorkers]:
    worker_processes = ForkedWorkers(world.settings, tmp_path / "worker_processes")
    yield worker_processes
    worker_processes.end()


class Killer:
    """Keeps two workers alive, each marked to die at a step, as often as the orders are many; from then on
    they live.
    """

    def __init__(self, worker_processes: ForkedWorkers, rng: random.Random, deaths: int) -> None:
        self.worker_processes, self.rng, self.deaths = worker_processes, rng, deaths
        self.places: list[tuple[Any, float] | None] = [None, None]

    def tick(self) -> None:
        for number, place in enumerate(self.places):
            if place is None or self._is_over(*place):
                self.places[number] = self._next()

    def _is_over(self, worker: Any, ends: float) -> bool:
        if worker.is_alive and not worker.lost_a_job and time.monotonic() < ends:
            return False
        worker.kill()
        return True

    def _next(self) -> tuple[Any, float]:
        if self.deaths <= 0:
            return self.worker_processes.worker("push"), float("inf")
        self.deaths -= 1
        step = self.rng.choice(DELIVERY_STEPS) + self.rng.choice(["", "+parent"])
        return self.worker_processes.worker("push", crash_at=step), time.monotonic() + self.rng.uniform(
            0.5, LONGEST_LIFE
        )


def background_failures(
    world: ZohoWorld, records_server: RedisServer, rng: random.Random
) -> Callable[[float], None]:
    """What else happens, by seconds since the beginning: in one play of five the grant goes, in another the
    store.
    """
    what, begins, lasts = rng.randint(0, 4), rng.uniform(0.5, 2.0), rng.uniform(1.0, 3.0)
    done: set[str] = set()

    def happen(since: float) -> None:
        if what == 0 and since > begins and "revoked" not in done:
            world.revoke()
            done.add("revoked")
        if what == 0 and since > begins + lasts:
            world.reconnect_if_lost()
        if what == 1 and since > begins and "died" not in done:
            records_server.kill()
            records_server.start()
            done.add("died")

    return happen


def ordered_faults(world: ZohoWorld, rng: random.Random, kind: OrderKind) -> None:
    """Up to two for each order; whose call they meet is a matter of chance."""
    for _ in range(rng.randint(0, 2)):
        method, fault = rng.choice(["GET", WRITES.get(kind, "POST")]), rng.choice(FAULTS)
        if fault["do"] != "late_commit" or method != "GET":
            world.sandbox.fault(method=method, path="/books/v3/*", **fault)


@pytest.mark.parametrize("schedule", range(max(1, SCHEDULES // AT_ONCE)))
def test_whoever_dies_every_receipt_is_true(
    world: ZohoWorld,
    worker_processes: ForkedWorkers,
    redis_pair: tuple[RedisServer, RedisServer],
    schedule: int,
) -> None:
    rng = random.Random(f"killed {schedule}")
    orders = [
        SCENARIOS[KINDS[(schedule + number) % len(KINDS)]].make(world, rng) for number in range(AT_ONCE)
    ]
    since = world.last_call()
    for order in orders:
        ordered_faults(world, rng, order.kind)
        world.services.orders.record(order, form_key=order.id)
        if rng.random() < 0.9:
            world.services.job_queue.enqueue_order(world.org, order.id)
    worker_processes.clock()
    killer, happen, began = (
        Killer(worker_processes, rng, deaths=AT_ONCE),
        background_failures(world, redis_pair[0], rng),
        time.monotonic(),
    )

    def at_rest() -> list[Order]:
        killer.tick()
        happen(time.monotonic() - began)
        found = [world.services.orders.get(world.org, order.id) for order in orders]
        assert all(found), "an order was lost"
        return [item for item in found if item] if all(has_settled(item) for item in found if item) else []

    ended = until(
        at_rest,
        seconds=240,
        why=lambda: (
            f"{[world.services.orders.get(world.org, order.id) for order in orders]}"
            f"\n{worker_processes.logs()}"
        ),
    )
    worker_processes.end()
    world.sandbox.clear_faults()
    world.wait_for_effects()
    world.restore()
    for order in ended:
        assert find_discrepancies(world, order, since) == [], (
            f"play {schedule}: {order}\n{worker_processes.logs()}"
        )
    states = Counter(order.state for order in ended)
    # How many need a person is a matter of how slow the machine is: three lost answers do.
    assert states[OrderState.CONFIRMED] >= AT_ONCE * 0.2, states


def has_settled(order: Order) -> bool:
    return order.is_final or order.state is OrderState.NEEDS_ATTENTION
