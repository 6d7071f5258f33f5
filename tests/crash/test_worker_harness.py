"""Deliveries known to be wrong must be found out, or the other tests of this folder prove nothing."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from cache.records.orders.order import Order, OrderState
from connectors.zoho.api.errors import ZohoRefused, ZohoUnavailable
from tests.servers.worker_process import until
from workers.push.deliver_order import deliver_order
from workers.services import build_services

ACCEPT = "/books/v3/estimates/*/status/accepted"
SLOW_COMMIT = {"do": "delay", "method": "POST", "path": ACCEPT, "seconds": 1.8}
"""Zoho carries it out 0.8 s after we stopped to wait for its answer."""


@pytest.fixture
def read_timeout() -> float:
    """Shorter than the delays that are played here."""
    return 1.0


def deliver_blindly(worker_harness: Any, order: Order) -> Order:
    """What a retrying job does: send, and send again until there is an answer."""
    claim = worker_harness.services.orders.claim(worker_harness.org, order.id, lease=60, settle=0)
    claim = worker_harness.services.orders.note_sending(claim, "Sending.")
    while True:
        try:
            worker_harness.books.estimates.mark_accepted(order.document_id)
        except ZohoUnavailable:
            continue
        except ZohoRefused as refusal:
            return worker_harness.services.orders.move(
                claim, OrderState.REFUSED, message="Refused.", zoho_message=refusal.reason
            )
        return worker_harness.services.orders.move(claim, OrderState.CONFIRMED, message="Confirmed.")


def test_a_blind_retry_tells_a_client_that_zoho_refused_what_zoho_has_accepted(worker_harness: Any) -> None:
    worker_harness.sandbox.fault("cut_after", method="POST", path=ACCEPT)
    order = deliver_blindly(worker_harness, worker_harness.answer(enqueue=False))
    assert order.state is OrderState.REFUSED
    assert worker_harness.discrepancies(order) == ["told as refused, but Zoho has it accepted"]
    assert len(worker_harness.sendings(order)) == 2


def test_ours_tells_the_truth_after_the_very_same_fault(worker_harness: Any) -> None:
    worker_harness.sandbox.fault("cut_after", method="POST", path=ACCEPT)
    order = deliver_here(worker_harness, worker_harness.answer(enqueue=False), settle=2)
    assert order.state is OrderState.CONFIRMED
    assert worker_harness.discrepancies(order) == []
    assert len(worker_harness.sendings(order)) == 1


def test_without_a_settle_time_an_answer_that_commits_late_is_sent_twice(worker_harness: Any) -> None:
    """So late that the next look comes before it, however busy the machine is."""
    worker_harness.sandbox.fault(**SLOW_COMMIT | {"seconds": 10.0})
    order = deliver_here(worker_harness, worker_harness.answer(enqueue=False), settle=0)
    assert len(worker_harness.sendings(order)) == 2


def test_with_a_settle_time_it_is_sent_once(worker_harness: Any) -> None:
    worker_harness.sandbox.fault(**SLOW_COMMIT)
    order = deliver_here(worker_harness, worker_harness.answer(enqueue=False), settle=2)
    assert order.state is OrderState.CONFIRMED
    assert len(worker_harness.sendings(order)) == 1


def deliver_here(worker_harness: Any, order: Order, *, settle: int) -> Order:
    """The real delivery, in this process, with this settle time."""
    services = build_services(dataclasses.replace(worker_harness.settings, order_settle=settle))

    def find_settled() -> Order | None:
        deliver_order(worker_harness.org, order.id, services)
        found = worker_harness.now(order)
        return found if found.is_final else None

    return until(find_settled, seconds=90)
