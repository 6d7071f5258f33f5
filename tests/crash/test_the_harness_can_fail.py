"""Deliveries known to be wrong must be found out, or the other tests of this folder prove nothing."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from cache.records.order import Order, OrderState
from connectors.zoho.errors import ZohoRefused, ZohoUnavailable
from servers.worker_process import until
from workers.job_setup import build_resources
from workers.push.deliver_order import deliver_order

ACCEPT = "/books/v3/estimates/*/status/accepted"
SLOW_COMMIT = {"do": "delay", "method": "POST", "path": ACCEPT, "seconds": 1.8}
"""Zoho carries it out 0.8 s after we stopped to wait for its answer."""


@pytest.fixture
def read_timeout() -> float:
    """Shorter than the delays that are played here."""
    return 1.0


def deliver_blindly(stage: Any, order: Order) -> Order:
    """What a retrying job does: send, and send again until there is an answer."""
    claim = stage.desk.orders.claim(stage.org, order.id, lease=60, settle=0)
    claim = stage.desk.orders.note_sending(claim, "Sending.")
    while True:
        try:
            stage.books.estimates.mark_accepted(order.document_id)
        except ZohoUnavailable:
            continue
        except ZohoRefused as refusal:
            return stage.desk.orders.move(
                claim, OrderState.REFUSED, words="Refused.", zoho_said=refusal.reason
            )
        return stage.desk.orders.move(claim, OrderState.CONFIRMED, words="Confirmed.")


def test_a_blind_retry_tells_a_client_that_zoho_refused_what_zoho_has_accepted(stage: Any) -> None:
    stage.sandbox.fault("cut_after", method="POST", path=ACCEPT)
    order = deliver_blindly(stage, stage.answer(ring=False))
    assert order.state is OrderState.REFUSED
    assert stage.contradictions(order) == ["told as refused, but Zoho has it accepted"]
    assert len(stage.sendings(order)) == 2


def test_ours_tells_the_truth_after_the_very_same_fault(stage: Any) -> None:
    stage.sandbox.fault("cut_after", method="POST", path=ACCEPT)
    order = deliver_here(stage, stage.answer(ring=False), settle=2)
    assert order.state is OrderState.CONFIRMED
    assert stage.contradictions(order) == []
    assert len(stage.sendings(order)) == 1


def test_without_a_settle_time_an_answer_that_commits_late_is_sent_twice(stage: Any) -> None:
    """So late that the next look comes before it, however busy the machine is."""
    stage.sandbox.fault(**SLOW_COMMIT | {"seconds": 10.0})
    order = deliver_here(stage, stage.answer(ring=False), settle=0)
    assert len(stage.sendings(order)) == 2


def test_with_a_settle_time_it_is_sent_once(stage: Any) -> None:
    stage.sandbox.fault(**SLOW_COMMIT)
    order = deliver_here(stage, stage.answer(ring=False), settle=2)
    assert order.state is OrderState.CONFIRMED
    assert len(stage.sendings(order)) == 1


def deliver_here(stage: Any, order: Order, *, settle: int) -> Order:
    """The real delivery, in this process, with this settle time."""
    desk = build_resources(dataclasses.replace(stage.settings, order_settle=settle))

    def look() -> Order | None:
        deliver_order(stage.org, order.id, desk)
        found = stage.now(order)
        return found if found.is_final else None

    return until(look, seconds=90)
