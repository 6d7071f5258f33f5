"""Seeded disasters over payments at Zoho's page, by both ways: every plot of tests/crash/paying, power cuts,
faults of any kind.

FOYER_CUT_PAYMENTS: how many are played.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from cache.records.order import OrderKind, OrderState
from tests.crash.disasters import play
from tests.crash.test_cut_deliveries import records_server, settings, theatre  # noqa: F401 - fixtures
from tests.crash.theatre import Theatre

SCHEDULES = int(os.environ.get("FOYER_CUT_PAYMENTS") or "500")
SHARES = 4

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.mark.parametrize("share", range(SHARES))
def test_nothing_is_paid_twice_and_no_word_runs_ahead_of_zoho(theatre: Theatre, share: int) -> None:  # noqa: F811
    ended: Counter[OrderState] = Counter()
    for seed in range(share, SCHEDULES, SHARES):
        played = play(theatre, seed, OrderKind.PAY_INVOICE)
        assert played.lies == [], f"seed {seed}: {played.lies}\n{played.order}"
        ended[played.order.state] += 1
    assert ended[OrderState.CONFIRMED] and ended[OrderState.WITHDRAWN], ended
