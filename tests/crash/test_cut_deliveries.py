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

from cache.records.order import Order, OrderKind, OrderState
from cache.redis_connections import RedisConnections
from config.settings import Settings
from connectors.zoho.errors import ZohoUnavailable
from servers.redis_server import RedisServer
from servers.sandbox_server import SandboxServer
from tests.crash.disasters import LATE, lies, play
from tests.crash.scenes import SCENES
from tests.crash.theatre import Theatre
from tests.crash.zoho_world import ZohoWorld
from workers.push.comment_words import comment_text

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
def theatre(
    settings: Settings,
    redis: RedisConnections,
    records_server: RedisServer,
    sandbox: SandboxServer,
    monkeypatch: pytest.MonkeyPatch,
) -> Theatre:
    return Theatre(ZohoWorld(settings, redis, sandbox), records_server, monkeypatch)


@pytest.mark.parametrize("share", range(SHARES))
def test_whatever_is_cut_every_receipt_is_true(theatre: Theatre, share: int) -> None:
    ended: Counter[OrderState] = Counter()
    seeds = range(share, SCHEDULES, SHARES)
    for seed in seeds:
        played = play(theatre, seed)
        assert played.lies == [], f"seed {seed}: {played.lies}\n{played.order}"
        ended[played.order.state] += 1
    # Most of them come through, or the schedules would show little; of a handful, chance may take any.
    assert ended[OrderState.CONFIRMED] >= (len(seeds) - 10) * 0.7, ended


def test_every_kind_of_order_has_its_scene() -> None:
    assert set(SCENES) == set(OrderKind)


@pytest.mark.parametrize(
    "kind", [OrderKind.COMMENT_ESTIMATE, OrderKind.APPLY_CREDIT, OrderKind.RECORD_PAYMENT]
)
def test_an_effect_that_comes_late_is_waited_for(theatre: Theatre, kind: OrderKind) -> None:
    order, since = late(theatre, kind, 0.1)
    assert (order.state, order.attempts, lies(theatre.world, order, since)) == (OrderState.CONFIRMED, 1, [])


@pytest.mark.parametrize(
    "kind", [OrderKind.COMMENT_ESTIMATE, OrderKind.APPLY_CREDIT, OrderKind.RECORD_PAYMENT]
)
def test_without_a_settle_time_it_is_there_twice_and_found_out(
    settings: Settings,
    redis: RedisConnections,
    records_server: RedisServer,
    sandbox: SandboxServer,
    monkeypatch: pytest.MonkeyPatch,
    kind: OrderKind,
) -> None:
    world = ZohoWorld(dataclasses.replace(settings, order_settle=0), redis, sandbox)
    theatre = Theatre(world, records_server, monkeypatch)
    order, since = late(theatre, kind, 2.0)
    assert "2 effects" in lies(theatre.world, order, since)


def late(theatre: Theatre, kind: OrderKind, seconds: float) -> tuple[Order, int]:
    """An order of this kind whose first sending takes effect so many seconds after its connection broke."""
    order = theatre.record(SCENES[kind].make(theatre.world, random.Random(1)))
    since = theatre.world.last_call()
    theatre.world.sandbox.fault(method="POST", path="/books/v3/*", **{**LATE, "seconds": seconds})
    return theatre.at_rest(order), since


def test_a_plain_retrying_job_writes_it_twice_and_is_found_out(theatre: Theatre) -> None:
    order = theatre.record(SCENES[OrderKind.COMMENT_ESTIMATE].make(theatre.world, random.Random(1)))
    since = theatre.world.last_call()
    theatre.world.sandbox.fault("cut_after", method="POST", path="/books/v3/*")
    claim = theatre.desk.orders.claim(theatre.org, order.id, lease=60, settle=0)
    assert claim is not None
    claim = theatre.desk.orders.note_sending(claim, "Sending.")
    for _ in range(3):
        try:
            theatre.world.books.estimates.add_comment(order.document_id, comment_text(order))
            break
        except ZohoUnavailable:
            time.sleep(0.01)
    order = theatre.desk.orders.move(claim, OrderState.CONFIRMED, words="Confirmed.")
    assert "2 effects" in lies(theatre.world, order, since)
