"""Kill -9 at every step of a delivery, of the job alone and of the whole host: one effect, and a receipt that
is true.
"""

from __future__ import annotations

from typing import Any

import pytest

from cache.records.orders.order import OrderKind, OrderState
from workers.crash_points import DELIVERY_STEPS


@pytest.mark.parametrize("whole_host", [False, True], ids=["job", "host"])
@pytest.mark.parametrize("step", DELIVERY_STEPS)
def test_a_killed_acceptance_is_confirmed_with_one_effect(
    worker_harness: Any, step: str, whole_host: bool
) -> None:
    order = worker_harness.answer()
    worker_harness.crash(step, whole_host=whole_host)
    worker_harness.worker_processes.clock()
    worker_harness.worker_processes.worker("push")
    order = worker_harness.at_rest(order)
    assert order.state is OrderState.CONFIRMED
    assert len(worker_harness.sendings(order)) == 1 or step == "after_note_sending"
    assert worker_harness.effects(order) == 1
    assert worker_harness.discrepancies(order) == []


@pytest.mark.parametrize("step", ["after_note_sending", "after_post", "after_read_back"])
def test_a_killed_decline_brings_its_reason_once(worker_harness: Any, step: str) -> None:
    order = worker_harness.answer(OrderKind.DECLINE_ESTIMATE, reason="Too late for us.")
    worker_harness.crash(step, whole_host=False)
    worker_harness.worker_processes.clock()
    worker_harness.worker_processes.worker("push")
    order = worker_harness.at_rest(order)
    assert order.state is OrderState.CONFIRMED
    assert worker_harness.discrepancies(order) == []


def test_nothing_is_told_before_it_is_known(worker_harness: Any) -> None:
    order = worker_harness.answer()
    worker_harness.crash("after_post", whole_host=True)
    assert worker_harness.status_in_zoho(order) == "accepted"
    assert worker_harness.now(order).state is OrderState.SENDING
    worker_harness.worker_processes.clock()
    worker_harness.worker_processes.worker("push")
    states = [step.state for step in worker_harness.at_rest(order).steps]
    assert states == [OrderState.RECORDED, OrderState.SENDING, OrderState.UNCERTAIN, OrderState.CONFIRMED]
