"""Kill -9 at every step of a delivery, of the job alone and of the whole host: one effect, and a receipt that
is true.
"""

from __future__ import annotations

from typing import Any

import pytest

from cache.records.order import OrderKind, OrderState
from workers.crash_points import DELIVERY_STEPS


@pytest.mark.parametrize("whole_host", [False, True], ids=["job", "host"])
@pytest.mark.parametrize("step", DELIVERY_STEPS)
def test_a_killed_acceptance_is_confirmed_with_one_effect(stage: Any, step: str, whole_host: bool) -> None:
    order = stage.answer()
    stage.crash(step, whole_host=whole_host)
    stage.crew.clock()
    stage.crew.worker("push")
    order = stage.at_rest(order)
    assert order.state is OrderState.CONFIRMED
    assert len(stage.sendings(order)) == 1 or step == "after_note_sending"
    assert stage.effects(order) == 1
    assert stage.contradictions(order) == []


@pytest.mark.parametrize("step", ["after_note_sending", "after_post", "after_read_back"])
def test_a_killed_decline_brings_its_reason_once(stage: Any, step: str) -> None:
    order = stage.answer(OrderKind.DECLINE_ESTIMATE, reason="Too late for us.")
    stage.crash(step, whole_host=False)
    stage.crew.clock()
    stage.crew.worker("push")
    order = stage.at_rest(order)
    assert order.state is OrderState.CONFIRMED
    assert stage.contradictions(order) == []


def test_nothing_is_told_before_it_is_known(stage: Any) -> None:
    order = stage.answer()
    stage.crash("after_post", whole_host=True)
    assert stage.in_zoho(order) == "accepted"
    assert stage.now(order).state is OrderState.SENDING
    stage.crew.clock()
    stage.crew.worker("push")
    states = [step.state for step in stage.at_rest(order).steps]
    assert states == [OrderState.RECORDED, OrderState.SENDING, OrderState.UNCERTAIN, OrderState.CONFIRMED]
