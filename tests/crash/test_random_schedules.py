"""Seeded disasters: faults of every kind, workers that die at any step, rings that vanish. A few here, more on demand.

FOYER_CRASH_SCHEDULES=200 runs two hundred; each takes about fifteen seconds.
"""

from __future__ import annotations

import os
import random
from typing import Any

import pytest

from cache.records.order import OrderKind, OrderState
from workers.crash_points import DELIVERY_STEPS
from workers.push.verdict import MOST_ROUNDS

SCHEDULES = int(os.environ.get("FOYER_CRASH_SCHEDULES", "3"))
ORDERS = 5
FAULTS: tuple[dict[str, Any], ...] = (
    {"do": "cut_before"}, {"do": "cut_after"}, {"do": "status", "status": 500}, {"do": "html", "status": 502},
    {"do": "delay", "seconds": 1.4}, {"do": "status", "status": 429, "code": 1070}, {"do": "expire_token"},
)  # fmt: skip


@pytest.fixture
def read_timeout() -> float:
    """Shorter than the delays that are played here."""
    return 1.0


@pytest.mark.parametrize("seed", range(SCHEDULES))
def test_whatever_happens_receipts_are_true(stage: Any, seed: int) -> None:
    dice = random.Random(seed)
    orders = []
    for _ in range(ORDERS):
        kind = dice.choice([OrderKind.ACCEPT_ESTIMATE, OrderKind.DECLINE_ESTIMATE])
        reason = "Too late for us." if kind is OrderKind.DECLINE_ESTIMATE and dice.random() < 0.7 else ""
        orders.append(stage.answer(kind, reason=reason))
    for _ in range(dice.randint(1, 4)):
        method = dice.choice(["GET", "POST", "POST"])
        stage.sandbox.fault(method=method, path="/books/v3/estimates/*", times=dice.randint(1, 2), **dice.choice(FAULTS))
    stage.crew.clock()
    for _ in range(dice.randint(1, 3)):
        stage.crash_soon(dice.choice(DELIVERY_STEPS), whole_host=dice.random() < 0.5, seconds=dice.uniform(1.0, 4.0))
    for _ in range(dice.randint(1, 2)):
        stage.crew.worker("push")
    for order in orders:
        found = stage.at_rest(order, seconds=90)
        assert stage.contradictions(found) == [], f"seed {seed}: {found}\n{stage.crew.logs()}"
        given_to_a_person = found.state is OrderState.NEEDS_ATTENTION and found.attempts >= MOST_ROUNDS
        assert found.state is OrderState.CONFIRMED or given_to_a_person, f"seed {seed}: {found}"
