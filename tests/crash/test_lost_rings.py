"""RQ may forget everything, ring twice, or lose its workers: orders stand in our own records."""

from __future__ import annotations

import time
from typing import Any

from cache.records.order import OrderState
from cache.redis_connections import open_queue_redis
from servers.redis_server import RedisServer
from servers.worker_process import until


def wipe_rq(stage: Any) -> int:
    """Delete every key of RQ, as a flushed queue database would; how many there were."""
    connection = open_queue_redis(stage.settings)
    found = list(connection.scan_iter(match="rq:*"))
    for key in found:
        connection.delete(key)
    connection.close()
    return len(found)


def test_with_rqs_keys_wiped_every_order_is_still_delivered(stage: Any) -> None:
    orders = [stage.answer() for _ in range(5)]
    assert wipe_rq(stage) >= 5
    stage.crew.clock()
    stage.crew.worker("push")
    for order in orders:
        assert stage.at_rest(order).state is OrderState.CONFIRMED


def test_wiping_in_the_middle_of_the_work_loses_nothing(stage: Any) -> None:
    orders = [stage.answer() for _ in range(6)]
    stage.crew.clock()
    stage.crew.worker("push")
    for _ in range(4):
        time.sleep(0.7)
        wipe_rq(stage)
    stage.crew.worker("push")
    for order in orders:
        assert stage.contradictions(stage.at_rest(order)) == []
        assert stage.now(order).state is OrderState.CONFIRMED


def test_an_order_that_nobody_rang_for_is_found_by_the_clock(stage: Any) -> None:
    order = stage.answer(ring=False)
    stage.crew.clock()
    stage.crew.worker("push")
    assert stage.at_rest(order).state is OrderState.CONFIRMED


def test_two_workers_and_two_clocks_cause_one_effect_each(stage: Any) -> None:
    for _ in range(2):
        stage.crew.clock()
        stage.crew.worker("push")
    orders = [stage.answer() for _ in range(8)]
    for order in orders:
        stage.desk.doorbell.ring_order(stage.org, order.id)
    for order in orders:
        found = stage.at_rest(order)
        assert found.state is OrderState.CONFIRMED
        assert len(stage.sendings(found)) == 1


def test_a_redis_that_was_killed_has_forgotten_no_order(
    stage: Any, redis_pair: tuple[RedisServer, RedisServer]
) -> None:
    stage.crew.clock()
    stage.crew.worker("push")
    orders = [stage.answer() for _ in range(6)]
    redis_pair[0].kill()
    time.sleep(0.5)
    redis_pair[0].start()
    stage.crew.worker("push")
    for order in orders:
        found = stage.at_rest(order)
        assert found.state is OrderState.CONFIRMED
        assert stage.contradictions(found) == []


def test_a_worker_that_returns_finds_what_came_while_everything_was_down(stage: Any) -> None:
    first, second = stage.answer(), stage.answer(ring=False)
    time.sleep(1.5)
    assert stage.now(first).state is OrderState.RECORDED
    stage.crew.clock()
    stage.crew.worker("push")
    until(
        lambda: {stage.now(one).state for one in (first, second)} == {OrderState.CONFIRMED},
        why=stage.crew.logs,
    )
