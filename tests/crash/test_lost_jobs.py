"""RQ may forget everything, ring twice, or lose its workers: orders stand in our own records."""

from __future__ import annotations

import time
from typing import Any

from cache.records.orders.order import OrderState
from cache.stores import open_queue_redis
from tests.servers.redis_server import RedisServer
from tests.servers.worker_process import until


def wipe_rq(worker_harness: Any) -> int:
    """Delete every key of RQ, as a flushed queue database would; how many there were."""
    connection = open_queue_redis(worker_harness.settings)
    found = list(connection.scan_iter(match="rq:*"))
    for key in found:
        connection.delete(key)
    connection.close()
    return len(found)


def test_with_rqs_keys_wiped_every_order_is_still_delivered(worker_harness: Any) -> None:
    orders = [worker_harness.answer() for _ in range(5)]
    assert wipe_rq(worker_harness) >= 5
    worker_harness.worker_processes.clock()
    worker_harness.worker_processes.worker("push")
    for order in orders:
        assert worker_harness.at_rest(order).state is OrderState.CONFIRMED


def test_wiping_in_the_middle_of_the_work_loses_nothing(worker_harness: Any) -> None:
    orders = [worker_harness.answer() for _ in range(6)]
    worker_harness.worker_processes.clock()
    worker_harness.worker_processes.worker("push")
    for _ in range(4):
        time.sleep(0.7)
        wipe_rq(worker_harness)
    worker_harness.worker_processes.worker("push")
    for order in orders:
        assert worker_harness.discrepancies(worker_harness.at_rest(order)) == []
        assert worker_harness.now(order).state is OrderState.CONFIRMED


def test_an_order_that_nobody_rang_for_is_found_by_the_clock(worker_harness: Any) -> None:
    order = worker_harness.answer(enqueue=False)
    worker_harness.worker_processes.clock()
    worker_harness.worker_processes.worker("push")
    assert worker_harness.at_rest(order).state is OrderState.CONFIRMED


def test_two_workers_and_two_clocks_cause_one_effect_each(worker_harness: Any) -> None:
    for _ in range(2):
        worker_harness.worker_processes.clock()
        worker_harness.worker_processes.worker("push")
    orders = [worker_harness.answer() for _ in range(8)]
    for order in orders:
        worker_harness.services.job_queue.enqueue_order(worker_harness.org, order.id)
    for order in orders:
        found = worker_harness.at_rest(order)
        assert found.state is OrderState.CONFIRMED
        assert len(worker_harness.sendings(found)) == 1


def test_a_redis_that_was_killed_has_forgotten_no_order(
    worker_harness: Any, redis_pair: tuple[RedisServer, RedisServer]
) -> None:
    worker_harness.worker_processes.clock()
    worker_harness.worker_processes.worker("push")
    orders = [worker_harness.answer() for _ in range(6)]
    redis_pair[0].kill()
    time.sleep(0.5)
    redis_pair[0].start()
    worker_harness.worker_processes.worker("push")
    for order in orders:
        found = worker_harness.at_rest(order)
        assert found.state is OrderState.CONFIRMED
        assert worker_harness.discrepancies(found) == []


def test_a_worker_that_returns_finds_what_came_while_everything_was_down(worker_harness: Any) -> None:
    first, second = worker_harness.answer(), worker_harness.answer(enqueue=False)
    time.sleep(1.5)
    assert worker_harness.now(first).state is OrderState.RECORDED
    worker_harness.worker_processes.clock()
    worker_harness.worker_processes.worker("push")
    until(
        lambda: {worker_harness.now(item).state for item in (first, second)} == {OrderState.CONFIRMED},
        why=worker_harness.worker_processes.logs,
    )
