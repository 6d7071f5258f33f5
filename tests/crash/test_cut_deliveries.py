"""Seeded disasters over every kind of order, in one process: power cuts at any step, faults of any kind,
effects that come late.

FOYER_CUT_SCHEDULES: how many are played, in shares that run side by side.
"""

from __future__ import annotations

import dataclasses
import os
import random
import time
from collections import Counter

import pytest

from cache.records.orders.order import Order, OrderKind, OrderState
from cache.stores import Stores
from config.settings import Settings
from connectors.zoho.api.errors import ZohoUnavailable
from tests.crash.delivery_harness import DeliveryHarness
from tests.crash.failure_schedules import LATE, find_discrepancies, run_schedule
from tests.crash.order_scenarios import SCENARIOS
from tests.crash.zoho_world import ZohoWorld
from tests.servers.redis_server import RedisServer
from tests.servers.sandbox_server import SandboxServer
from workers.push.comment_text import comment_text

SCHEDULES = int(os.environ.get("FOYER_CUT_SCHEDULES") or "1800")
SHARES = 10


pytestmark = pytest.mark.usefixtures("quiet")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The times of production, but for the wait for an answer, which is real: the clock is moved, not waited
    for.
    """
    return dataclasses.replace(
        settings,
        zoho_read_timeout=5.0,
        order_lease=60,
        order_settle=120,
        zoho_calls_per_minute=1_000_000,
        zoho_billing_calls_per_minute=1_000_000,
    )


@pytest.fixture
def records_server(redis_pair: tuple[RedisServer, RedisServer]) -> RedisServer:
    return redis_pair[0]


@pytest.fixture
def delivery_harness(
    settings: Settings,
    stores: Stores,
    records_server: RedisServer,
    sandbox: SandboxServer,
    monkeypatch: pytest.MonkeyPatch,
) -> DeliveryHarness:
    return DeliveryHarness(ZohoWorld(settings, stores, sandbox), records_server, monkeypatch)


@pytest.mark.parametrize("share", range(SHARES))
def test_whatever_is_cut_every_receipt_is_true(delivery_harness: DeliveryHarness, share: int) -> None:
    ended: Counter[OrderState] = Counter()
    seeds = range(share, SCHEDULES, SHARES)
    for seed in seeds:
        result = run_schedule(delivery_harness, seed)
        assert result.discrepancies == [], f"seed {seed}: {result.discrepancies}\n{result.order}"
        ended[result.order.state] += 1
    # Most of them come through, or the schedules would show little; of a handful, chance may take any.
    assert ended[OrderState.CONFIRMED] >= (len(seeds) - 10) * 0.7, ended


def test_every_kind_of_order_has_its_scene() -> None:
    assert set(SCENARIOS) == set(OrderKind)


@pytest.mark.parametrize(
    "kind", [OrderKind.COMMENT_ESTIMATE, OrderKind.APPLY_CREDIT, OrderKind.RECORD_PAYMENT]
)
def test_an_effect_that_comes_late_is_waited_for(delivery_harness: DeliveryHarness, kind: OrderKind) -> None:
    order, since = late(delivery_harness, kind, 0.1)
    assert (order.state, order.attempts, find_discrepancies(delivery_harness.world, order, since)) == (
        OrderState.CONFIRMED,
        1,
        [],
    )


@pytest.mark.parametrize(
    "kind", [OrderKind.COMMENT_ESTIMATE, OrderKind.APPLY_CREDIT, OrderKind.RECORD_PAYMENT]
)
def test_without_a_settle_time_it_is_there_twice_and_found_out(
    settings: Settings,
    stores: Stores,
    records_server: RedisServer,
    sandbox: SandboxServer,
    monkeypatch: pytest.MonkeyPatch,
    kind: OrderKind,
) -> None:
    world = ZohoWorld(dataclasses.replace(settings, order_settle=0), stores, sandbox)
    delivery_harness = DeliveryHarness(world, records_server, monkeypatch)
    order, since = late(delivery_harness, kind, 2.0)
    assert "2 effects" in find_discrepancies(delivery_harness.world, order, since)


def late(delivery_harness: DeliveryHarness, kind: OrderKind, seconds: float) -> tuple[Order, int]:
    """An order of this kind whose first sending takes effect so many seconds after its connection broke."""
    order = delivery_harness.record(SCENARIOS[kind].make(delivery_harness.world, random.Random(1)))
    since = delivery_harness.world.last_call()
    delivery_harness.world.sandbox.fault(method="POST", path="/books/v3/*", **{**LATE, "seconds": seconds})
    return delivery_harness.at_rest(order), since


def test_a_plain_retrying_job_writes_it_twice_and_is_found_out(delivery_harness: DeliveryHarness) -> None:
    order = delivery_harness.record(
        SCENARIOS[OrderKind.COMMENT_ESTIMATE].make(delivery_harness.world, random.Random(1))
    )
    since = delivery_harness.world.last_call()
    delivery_harness.world.sandbox.fault("cut_after", method="POST", path="/books/v3/*")
    claim = delivery_harness.services.orders.claim(delivery_harness.org, order.id, lease=60, settle=0)
    assert claim is not None
    claim = delivery_harness.services.orders.note_sending(claim, "Sending.")
    for _ in range(3):
        try:
            delivery_harness.world.books.estimates.add_comment(order.document_id, comment_text(order))
            break
        except ZohoUnavailable:
            time.sleep(0.01)
    order = delivery_harness.services.orders.move(claim, OrderState.CONFIRMED, message="Confirmed.")
    assert "2 effects" in find_discrepancies(delivery_harness.world, order, since)
