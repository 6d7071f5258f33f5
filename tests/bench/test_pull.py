"""The benchmarks of the sync measure what they say, shown with little; and what does not depend on the
machine is held here.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bench import clock_tick, first_sync, quiet_day, warm_page, webhook_delay
from tests.bench.bench_world import World, bench_world
from tests.bench.quiet_day import MINUTE, QuietDay, at_share


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with bench_world() as ready:
        yield ready


def test_a_first_sync_takes_few_more_calls_than_the_least_possible(world: World) -> None:
    found = first_sync.first_sync(world, 450, 20)
    assert found.least == 3 and found.rows > 450
    assert found.least <= found.invoice_calls <= found.least + 5
    assert found.worker_seconds > 0 and found.bare_seconds > 0 and 100 < found.bytes_per_row < 5_000
    assert "| 450 |" in first_sync.table([found])


def test_a_day_at_the_default_settings_keeps_within_a_thousand_calls_and_shows_changes_soon(
    world: World,
) -> None:
    day = QuietDay(world, invoices=40, customers=4)
    found = day.play()
    assert day.waiting == [], "every change was seen"
    assert len(found.seen_after) == len(quiet_day.CHANGES) and len(found.online) > 20
    assert found.rounds > 48, "at least every half hour"
    assert found.calls <= 1_000
    assert at_share(found.online, 0.95) <= 10 * MINUTE
    assert at_share(found.seen_after, 0.95) <= 40 * MINUTE


def test_a_warm_page_asks_zoho_for_nothing(world: World) -> None:
    portal = warm_page.Portal(world, small=20, large=60)
    with portal.running():
        lines = portal.measure(rounds=1, requests=8)
    assert [len(line.seconds) for line in lines] == [8, 8, 8, 8]
    assert portal.calls_to_zoho() == 0
    assert "| a bare page of the same size |" in warm_page.table(lines)


def test_a_change_that_a_webhook_tells_is_there_in_seconds(world: World) -> None:
    delays = webhook_delay.webhook_delays(world, changes=3)
    assert len(delays) == 3 and at_share(delays, 0.95) < 15


def test_every_look_of_the_clock_is_measured(world: World) -> None:
    runs = clock_tick.clock_tick(world, organisations=12, runs=2)
    assert {run.name for run in runs} >= {"orders", "syncs", "emails", "connections"}
    assert all(len(run.seconds) == 2 for run in runs)
