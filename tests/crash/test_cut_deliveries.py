"""Seeded disasters over every kind of order, in one process: power cuts at any step, faults of any kind, effects that come late.

FOYER_CUT_SCHEDULES=2000 plays two thousand; each takes about a fifth of a second.
"""

from __future__ import annotations

import dataclasses
import os
import random
import time
from typing import Any

import pytest

from cache.records.order import OrderKind, OrderState
from cache.redis_connections import RedisConnections
from config.settings import Settings
from connectors.zoho.errors import ZohoUnavailable
from servers.sandbox_server import SandboxServer
from tests.crash.moved_clock import Theatre
from workers.crash_points import DELIVERY_STEPS
from workers.push.comment_words import comment_text

SCHEDULES = int(os.environ.get("FOYER_CUT_SCHEDULES") or "200")
LATE = {"do": "late_commit", "seconds": 0.1, "answer": "cut"}
FAULTS: tuple[dict[str, Any], ...] = (
    {"do": "cut_before"}, {"do": "cut_after"}, {"do": "half_answer"}, {"do": "status", "status": 500}, {"do": "html", "status": 502},
    {"do": "status", "status": 429, "code": 44}, {"do": "status", "status": 429, "code": 1070}, LATE,
)  # fmt: skip
WRITES = {OrderKind.EDIT_PERSON: "PUT"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The times of production: the clock is moved, not waited for."""
    return dataclasses.replace(settings, zoho_read_timeout=10.0, order_lease=60, order_settle=120, zoho_calls_per_minute=1_000_000)


@pytest.fixture
def theatre(settings: Settings, redis: RedisConnections, sandbox: SandboxServer, monkeypatch: pytest.MonkeyPatch) -> Theatre:
    return Theatre(settings, redis, sandbox, monkeypatch)


def play(theatre: Theatre, seed: int) -> tuple[Any, list[str]]:
    """One schedule from its seed: an order of some kind, up to three faults, up to three power cuts."""
    dice = random.Random(seed)
    kind = dice.choice(list(OrderKind))
    order = theatre.order(kind, dice)
    for _ in range(dice.randint(0, 3)):
        method = dice.choice(["GET", WRITES.get(kind, "POST"), WRITES.get(kind, "POST")])
        fault = dice.choice(FAULTS)
        if fault is not LATE or method != "GET":
            theatre.sandbox.fault(method=method, path="/books/v3/*", **fault)
    cuts = [dice.choice(DELIVERY_STEPS) for _ in range(dice.randint(0, 3))]

    def cut(step: str) -> bool:
        if cuts and step == cuts[0]:
            cuts.pop(0)
            return True
        return False

    theatre.cut_at = cut
    order = theatre.at_rest(order)
    theatre.cut_at = lambda step: False
    theatre.sandbox.clear_faults()
    return order, theatre.lies(order)


def test_whatever_is_cut_every_receipt_is_true(theatre: Theatre) -> None:
    ended: dict[str, int] = {}
    for seed in range(SCHEDULES):
        order, lies = play(theatre, seed)
        assert lies == [], f"seed {seed}: {lies}\n{order}"
        ended[order.state] = ended.get(order.state, 0) + 1
    assert ended.get(OrderState.CONFIRMED, 0) >= SCHEDULES * 0.8, ended


def test_an_effect_that_comes_late_is_waited_for(theatre: Theatre) -> None:
    order = theatre.order(OrderKind.COMMENT_ESTIMATE, random.Random(1))
    theatre.sandbox.fault(method="POST", path="/books/v3/*", **LATE)
    order = theatre.at_rest(order)
    assert (order.attempts, theatre.lies(order)) == (1, [])


def test_without_a_settle_time_it_is_there_twice_and_found_out(
    settings: Settings, redis: RedisConnections, sandbox: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    theatre = Theatre(dataclasses.replace(settings, order_settle=0), redis, sandbox, monkeypatch)
    order = theatre.order(OrderKind.COMMENT_ESTIMATE, random.Random(1))
    theatre.sandbox.fault(method="POST", path="/books/v3/*", **{**LATE, "seconds": 2.0})
    order = theatre.at_rest(order)
    assert "2 effects" in theatre.lies(order)


def test_a_plain_retrying_job_writes_it_twice_and_is_found_out(theatre: Theatre) -> None:
    order = theatre.order(OrderKind.COMMENT_ESTIMATE, random.Random(1))
    theatre.sandbox.fault("cut_after", method="POST", path="/books/v3/*")
    claim = theatre.desk.orders.claim(theatre.org, order.id, lease=60, settle=0)
    assert claim is not None
    claim = theatre.desk.orders.note_sending(claim, "Sending.")
    for _ in range(3):
        try:
            theatre.books.estimates.add_comment(order.document_id, comment_text(order))
            break
        except ZohoUnavailable:
            time.sleep(0.01)
    order = theatre.desk.orders.move(claim, OrderState.CONFIRMED, words="Confirmed.")
    assert "2 effects" in theatre.lies(order)
