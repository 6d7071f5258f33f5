"""The clock: rings for what is due, shares its slots, and outlives Redis."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
import time
from typing import Any

import pytest

from cache.records.connection import ConnectionState
from cache.redis_connections import StoreUnavailable, open_queue_redis
from servers.redis_server import RedisServer
from servers.worker_process import Crew, until
from workers.clock import Tick, enlist_connections, ring_letters, ring_syncs, run, strike, timetable
from workers.job_setup import Resources
from workers.old_jobs import sweep_old_jobs


class Counter:
    def __init__(self) -> None:
        self.count = 0

    def work(self, desk: Resources) -> None:
        self.count += 1


def waiting(desk: Resources, queue: str) -> list[str]:
    connection = open_queue_redis(desk.settings)
    found: Any = connection.lrange(f"rq:queue:{queue}", 0, -1)
    connection.close()
    return [job_id.decode() for job_id in found]


def test_two_clocks_do_the_work_of_a_slot_once(desk: Resources) -> None:
    counter = Counter()
    table = (Tick("hourly", 3600, counter.work),)
    for _ in range(3):
        strike(desk, table)
    assert counter.count == 1


def test_every_slot_is_worked_in(desk: Resources) -> None:
    counter, end = Counter(), time.monotonic() + 3.2
    while time.monotonic() < end:
        strike(desk, (Tick("each_second", 1, counter.work),))
        time.sleep(0.05)
    assert counter.count in (4, 5), "3.2 seconds touch four or five slots of one"


def test_a_due_sync_is_rung_once_and_again_if_nobody_works_on_it(desk: Resources) -> None:
    desk.sync_due.set_in("us-600", 0)
    desk.sync_due.set_in("us-700", 60)
    ring_syncs(desk)
    ring_syncs(desk)
    assert [job.rpartition("-")[0] for job in waiting(desk, "pull")] == ["s-us-600"]
    due = desk.sync_due.at("us-600")
    assert due is not None
    assert 80 < (due - dt.datetime.now(dt.UTC)).total_seconds() < 95


def test_a_due_letter_is_rung(desk: Resources) -> None:
    desk.mail_due.set_in("letter-1", 0)
    ring_letters(desk)
    assert [job.rpartition("-")[0] for job in waiting(desk, "mail")] == ["letters"]


def test_a_connected_organisation_that_fell_out_of_the_list_comes_back(desk: Resources, org: str) -> None:
    enlist_connections(desk)
    first = desk.sync_due.at(org)
    assert first is not None
    enlist_connections(desk)
    assert desk.sync_due.at(org) == first, "a time that is set is not put off"
    desk.sync_due.set_in(org, 3600)
    sleeping = desk.sync_due.at(org)
    enlist_connections(desk)
    assert desk.sync_due.at(org) == sleeping, "an organisation that sleeps is not woken by the clock"
    desk.sync_due.remove(org)
    desk.connections.mark(org, ConnectionState.RECONNECT_NEEDED)
    enlist_connections(desk)
    assert desk.sync_due.at(org) is None


def test_the_timetable_sweeps_orders_as_often_as_the_settings_say(desk: Resources) -> None:
    assert {tick.name: tick.every for tick in timetable(desk.settings)}["orders"] == desk.settings.order_sweep


def test_leftovers_of_killed_jobs_are_deleted_and_others_are_not(desk: Resources) -> None:
    connection = open_queue_redis(desk.settings)
    old, new = "2026-01-01T09:00:00.000000Z", dt.datetime.now(dt.UTC).isoformat()
    for name, created in (("left", old), ("fresh", new), ("ending", old)):
        connection.hset(f"rq:job:{name}", "created_at", created)
    connection.expire("rq:job:ending", 60)
    sweep_old_jobs(desk)
    assert {key.decode() for key in connection.scan_iter(match="rq:job:*")} == {
        "rq:job:fresh",
        "rq:job:ending",
    }
    connection.close()


def test_the_clock_goes_on_when_redis_comes_back(
    desk: Resources, redis_pair: tuple[RedisServer, RedisServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    records, stop = redis_pair[0], threading.Event()
    monkeypatch.setattr("workers.clock.STEP", 0.1)
    clock = threading.Thread(target=run, args=(desk, stop))
    clock.start()
    try:
        until(lambda: desk.heartbeats.last("clock"))
        records.stop()
        with pytest.raises(StoreUnavailable):
            strike(desk, ())
        time.sleep(1.0)
        assert clock.is_alive()
    finally:
        records.start()
    back = dt.datetime.now(dt.UTC)
    until(lambda: (beat := desk.heartbeats.last("clock")) and beat > back, seconds=60)
    stop.set()
    clock.join(5)
    assert not clock.is_alive()


def test_a_clock_process_ends_cleanly_when_asked(crew: Crew, desk: Resources) -> None:
    clock = crew.clock()
    until(lambda: desk.heartbeats.last("clock"), why=crew.logs)
    assert clock.terminate() == 0
    assert "clock_stopped" in crew.logs()


def test_a_half_configured_clock_says_what_is_missing() -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "workers.clock"],
        env={},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert answer.returncode == 2
    assert "REDIS_URL is missing" in answer.stderr
    assert "Traceback" not in answer.stderr
