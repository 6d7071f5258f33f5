"""The doorbell: what a ring leaves in RQ, and what happens when Redis is away."""

from __future__ import annotations

import dataclasses
import json
import zlib
from typing import Any

import pytest
import structlog

from cache.stores import Stores, open_queue_redis
from config.settings import Settings
from tests.servers.free_ports import free_ports
from workers.queues import JobQueue


@pytest.fixture
def rq(settings: Settings, stores: Stores) -> Any:
    connection = open_queue_redis(settings)
    yield connection
    connection.close()


def queued(rq: Any, queue: str) -> list[str]:
    return [job_id.decode() for job_id in rq.lrange(f"rq:queue:{queue}", 0, -1)]


def test_many_rings_for_one_order_are_one_job(settings: Settings, rq: Any) -> None:
    bell = JobQueue(dataclasses.replace(settings, order_lease=60))
    for _ in range(20):
        bell.enqueue_order("us-600", "R-1111-2222-3333")
    assert 1 <= len(queued(rq, "push")) <= 2, "two when a slot of time ended in between"


def test_each_kind_of_work_has_its_own_queue(settings: Settings, rq: Any) -> None:
    bell = JobQueue(settings)
    bell.enqueue_order("us-600", "R-1111-2222-3333")
    bell.enqueue_sync("us-600")
    bell.enqueue_document("us-600", "invoices", "77")
    bell.enqueue_mail("abc")
    assert [len(queued(rq, queue)) for queue in ("push", "pull", "mail")] == [1, 2, 1]


def test_a_job_is_json_with_ids_alone_and_forgets_itself(settings: Settings, rq: Any) -> None:
    JobQueue(settings).enqueue_order("us-600", "R-1111-2222-3333")
    key = f"rq:job:{queued(rq, 'push')[0]}"
    job = rq.hgetall(key)
    assert json.loads(zlib.decompress(job[b"data"]))[2] == ["us-600", "R-1111-2222-3333"]
    assert (job[b"timeout"], job[b"result_ttl"], job[b"failure_ttl"]) == (b"55", b"0", b"60")
    assert 0 < rq.ttl(key) <= 120


def test_a_ring_without_redis_is_told_to_the_log_and_nobody_else(settings: Settings) -> None:
    away = dataclasses.replace(settings, redis_url=f"redis://127.0.0.1:{free_ports(1)[0]}/0")
    with structlog.testing.capture_logs() as lines:
        JobQueue(away).enqueue_order("us-600", "R-1111-2222-3333")
    assert [line["event"] for line in lines] == ["job_not_enqueued"]
