"""How often an organisation is looked at: by who is there, by what happens, and by what is left of the
day.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cache.records.sync.sync_state import SLEEP_FACTOR
from workers.pull.pace import IDLE_FACTOR, LONGEST_PAUSE, PaceInputs, Quota, pause

NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
PLENTY = Quota(calls=100_000, seconds=43_200)
INTERVAL, DAY = 300.0, 86_400


def minutes_ago(minutes: float) -> dt.datetime:
    return NOW - dt.timedelta(minutes=minutes)


def inputs(**changes: Any) -> PaceInputs:
    usual: dict[str, Any] = {
        "now": NOW,
        "client_seen": minutes_ago(1),
        "changed": minutes_ago(60),
        "has_open_orders": False,
        "calls_per_round": 5,
        "quota": PLENTY,
    }
    return PaceInputs(**usual | changes)


@pytest.mark.parametrize(
    ("situation", "factor"),
    [
        (inputs(), 1),
        (inputs(client_seen=minutes_ago(15)), 1),
        (inputs(client_seen=minutes_ago(16)), IDLE_FACTOR),
        (inputs(client_seen=minutes_ago(16), has_open_orders=True), 1),
        (inputs(client_seen=None, changed=minutes_ago(60)), IDLE_FACTOR),
        (inputs(client_seen=minutes_ago(25 * 60), changed=minutes_ago(8 * DAY / 60)), SLEEP_FACTOR),
        (inputs(client_seen=minutes_ago(23 * 60), changed=minutes_ago(8 * DAY / 60)), IDLE_FACTOR),
        (inputs(client_seen=None, changed=None), SLEEP_FACTOR),
    ],
)
def test_the_more_happens_the_sooner_it_is_looked_at_again(situation: PaceInputs, factor: int) -> None:
    assert pause(situation, interval=INTERVAL) == factor * INTERVAL


def test_what_is_left_of_the_day_is_shared_out_over_what_is_left_of_its_calls() -> None:
    assert pause(inputs(quota=Quota(calls=50, seconds=6000)), interval=INTERVAL) == 600
    assert pause(inputs(quota=Quota(calls=0, seconds=6000)), interval=INTERVAL) == LONGEST_PAUSE
    assert pause(inputs(quota=Quota(calls=-20, seconds=1200)), interval=INTERVAL) == 1200


def test_the_default_interval_lets_an_organisation_sleep_for_an_hour() -> None:
    assert LONGEST_PAUSE == SLEEP_FACTOR * INTERVAL == 3600


def test_an_operator_who_wants_longer_intervals_than_an_hour_gets_them() -> None:
    assert pause(inputs(), interval=7200) == 7200


@pytest.mark.parametrize(("a_day", "slowest"), [(1000, 600), (2000, 300), (10_000, 300)])
def test_a_day_of_office_hours_fits_into_the_smallest_plan(a_day: int, slowest: float) -> None:
    """From midnight to midnight, clients there from nine to five: calls and the longest wait while they were
    there.
    """
    for_sync, cost = a_day * 0.75, 4
    at, called, waits = 0.0, 0, []
    while at < DAY:
        called += cost
        now = NOW.replace(hour=0) + dt.timedelta(seconds=at)
        is_open = 9 * 3600 <= at < 17 * 3600
        seen = now if is_open else (None if at < 9 * 3600 else NOW.replace(hour=17))
        situation = inputs(
            now=now,
            client_seen=seen,
            changed=now - dt.timedelta(hours=3),
            calls_per_round=cost,
            quota=Quota(for_sync - called, DAY - at),
        )
        wait = pause(situation, interval=INTERVAL)
        if is_open:
            waits.append(wait)
        at += wait
    assert called <= a_day * 0.75
    assert max(waits) <= slowest
