"""Seeded disasters over payments at Zoho's page, by both ways: every plot of tests/crash/payment_scenarios,
power cuts, faults of any kind.

FOYER_CUT_PAYMENTS: how many are played.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from cache.records.orders.order import OrderKind, OrderState
from tests.crash.delivery_harness import DeliveryHarness
from tests.crash.failure_schedules import run_schedule
from tests.crash.test_cut_deliveries import delivery_harness, records_server, settings  # noqa: F401 - fixtures

SCHEDULES = int(os.environ.get("FOYER_CUT_PAYMENTS") or "500")
SHARES = 4

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.mark.parametrize("share", range(SHARES))
def test_nothing_is_paid_twice_and_no_word_runs_ahead_of_zoho(
    delivery_harness: DeliveryHarness,  # noqa: F811
    share: int,
) -> None:
    ended: Counter[OrderState] = Counter()
    for seed in range(share, SCHEDULES, SHARES):
        result = run_schedule(delivery_harness, seed, OrderKind.PAY_INVOICE)
        assert result.discrepancies == [], f"seed {seed}: {result.discrepancies}\n{result.order}"
        ended[result.order.state] += 1
    assert ended[OrderState.CONFIRMED] and ended[OrderState.WITHDRAWN], ended
