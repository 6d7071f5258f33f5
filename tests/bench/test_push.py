"""The benchmarks of orders measure what they say, shown with little; and what does not depend on the machine
is held here.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bench import failure_schedules, orders_a_second, press_to_confirmed
from tests.bench.bench_world import World, bench_world
from tests.bench.judged_run import Judged


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with bench_world() as ready:
        yield ready


def test_an_accepted_estimate_costs_three_calls(world: World) -> None:
    found = orders_a_second.orders_a_second(world, workers=1, orders=4)
    assert (found.orders, found.calls) == (4, 3.0)
    assert "| 1 | 4 |" in orders_a_second.table([found])


def test_from_the_press_to_the_confirmation_in_a_real_browser(world: World) -> None:
    seconds, calls = press_to_confirmed.press_to_confirmed(world, presses=2)
    assert len(seconds) == 2 and min(seconds) > 3 * press_to_confirmed.CALL_TAKES
    assert max(calls) <= 4, "a look before it is recorded, and three calls to bring it"
    assert "| 2 |" in press_to_confirmed.table(seconds, calls)


def test_disasters_are_told_with_their_number() -> None:
    requests = failure_schedules.FailureSchedules(
        "what Zoho is told", cut=8_640, killed=360, judged=Judged(900.0, "58 passed in 900.00s")
    )
    payments = failure_schedules.FailureSchedules(
        "payments", cut=960, killed=40, judged=Judged(600.0, "7 passed in 600.00s")
    )
    told = failure_schedules.table([requests, payments])
    assert "| what Zoho is told | 9,000 | 8,640 | 360 | 15 | 58 passed in 900.00s |" in told
    assert "| payments | 1,000 | 960 | 40 | 10 | 7 passed in 600.00s |" in told
