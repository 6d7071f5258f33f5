"""The clock: rings for what is due, shares its slots, and outlives Redis."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
import time
from typing import Any

import pytest

from cache.records.connections.connection import ConnectionState
from cache.stores import StoreUnavailable, open_queue_redis
from tests.servers.redis_server import RedisServer
from tests.servers.worker_process import WorkerProcesses, until
from workers.abandoned_jobs import delete_abandoned_jobs
from workers.clock import Tick, enqueue_emails, enqueue_syncs, run, run_due, schedule_connections, timetable
from workers.services import Services


class Counter:
    def __init__(self) -> None:
        self.count = 0

    def work(self, services: Services) -> None:
        self.count += 1


def waiting(services: Services, queue: str) -> list[str]:
    connection = open_queue_redis(services.settings)
    found: Any = connection.lrange(f"rq:queue:{queue}", 0, -1)
    connection.close()
    return [job_id.decode() for job_id in found]


def test_two_clocks_do_the_work_of_a_slot_once(services: Services) -> None:
    counter = Counter()
    table = (Tick("hourly", 3600, counter.work),)
    for _ in range(3):
        run_due(services, table)
    assert counter.count == 1


def test_every_slot_is_worked_in(services: Services) -> None:
    counter, end = Counter(), time.monotonic() + 3.2
    while time.monotonic() < end:
        run_due(services, (Tick("each_second", 1, counter.work),))
        time.sleep(0.05)
    assert counter.count in (4, 5), "3.2 seconds touch four or five slots of one"


def test_a_due_sync_is_rung_once_and_again_if_nobody_works_on_it(services: Services) -> None:
    services.sync_due.set_in("us-600", 0)
    services.sync_due.set_in("us-700", 60)
    enqueue_syncs(services)
    enqueue_syncs(services)
    assert [job.rpartition("-")[0] for job in waiting(services, "pull")] == ["s-us-600"]
    due = services.sync_due.at("us-600")
    assert due is not None
    assert 80 < (due - dt.datetime.now(dt.UTC)).total_seconds() < 95


def test_a_due_letter_is_rung(services: Services) -> None:
    services.mail_due.set_in("letter-1", 0)
    enqueue_emails(services)
    assert [job.rpartition("-")[0] for job in waiting(services, "mail")] == ["emails"]


def test_a_connected_organisation_that_fell_out_of_the_list_comes_back(services: Services, org: str) -> None:
    schedule_connections(services)
    first = services.sync_due.at(org)
    assert first is not None
    schedule_connections(services)
    assert services.sync_due.at(org) == first, "a time that is set is not put off"
    services.sync_due.set_in(org, 3600)
    sleeping = services.sync_due.at(org)
    schedule_connections(services)
    assert services.sync_due.at(org) == sleeping, "an organisation that sleeps is not woken by the clock"
    services.sync_due.remove(org)
    services.connections.mark(org, ConnectionState.RECONNECT_NEEDED)
    schedule_connections(services)
    assert services.sync_due.at(org) is None


def test_the_timetable_sweeps_orders_as_often_as_the_settings_say(services: Services) -> None:
    assert {tick.name: tick.every for tick in timetable(services.settings)}[
        "orders"
    ] == services.settings.order_sweep


def test_leftovers_of_killed_jobs_are_deleted_and_others_are_not(services: Services) -> None:
    connection = open_queue_redis(services.settings)
    old, new = "2026-01-01T09:00:00.000000Z", dt.datetime.now(dt.UTC).isoformat()
    for name, created in (("left", old), ("fresh", new), ("ending", old)):
        connection.hset(f"rq:job:{name}", "created_at", created)
    connection.expire("rq:job:ending", 60)
    delete_abandoned_jobs(services)
    assert {key.decode() for key in connection.scan_iter(match="rq:job:*")} == {
        "rq:job:fresh",
        "rq:job:ending",
    }
    connection.close()


def test_the_clock_goes_on_when_redis_comes_back(
    services: Services, redis_pair: tuple[RedisServer, RedisServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    records, stop = redis_pair[0], threading.Event()
    monkeypatch.setattr("workers.clock.STEP", 0.1)
    clock = threading.Thread(target=run, args=(services, stop))
    clock.start()
    try:
        until(lambda: services.heartbeats.last("clock"))
        records.stop()
        with pytest.raises(StoreUnavailable):
            run_due(services, ())
        time.sleep(1.0)
        assert clock.is_alive()
    finally:
        records.start()
    back = dt.datetime.now(dt.UTC)
    until(lambda: (beat := services.heartbeats.last("clock")) and beat > back, seconds=60)
    stop.set()
    clock.join(5)
    assert not clock.is_alive()


def test_a_clock_process_ends_cleanly_when_asked(
    worker_processes: WorkerProcesses, services: Services
) -> None:
    clock = worker_processes.clock()
    until(lambda: services.heartbeats.last("clock"), why=worker_processes.logs)
    assert clock.terminate() == 0
    assert "clock_stopped" in worker_processes.logs()


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
