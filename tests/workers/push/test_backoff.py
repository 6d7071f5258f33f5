"""How long orders wait before they are looked at again."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from cache.records.orders.order import Order, OrderState, OrderStep
from connectors.zoho.documents.estimate import Estimate
from tests.servers.worker_process import an_answer
from workers.push.backoff import LONGEST, SHORTEST, is_past_deadline, next_try_in, seconds_to_settle

START = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def order() -> Order:
    estimate = Estimate(id="77", status="sent", customer_id="500", total=Decimal("5"), currency="USD")
    made = an_answer("us-600", estimate)
    first = dataclasses.replace(made.steps[0], at=START)
    return dataclasses.replace(
        made, steps=(first,), recorded_at=START, not_after=START + dt.timedelta(hours=72)
    )


def after(seconds: float) -> dt.datetime:
    return START + dt.timedelta(seconds=seconds)


def test_gaps_grow_from_seconds_to_a_quarter_of_an_hour(order: Order) -> None:
    gaps, now = [], 0.0
    while now < 6 * 3600:
        gaps.append(next_try_in(order, now=after(now), spread=0.0))
        now += gaps[-1]
    assert gaps[0] == SHORTEST
    assert gaps[-1] == LONGEST
    assert gaps == sorted(gaps)
    assert len(gaps) < 45


def test_what_zoho_asks_for_is_kept_to(order: Order) -> None:
    assert next_try_in(order, now=after(1), at_least=60.0, spread=0.0) == 60.0


def test_orders_of_one_outage_spread_out(order: Order) -> None:
    assert next_try_in(order, now=after(600), spread=1.0) == pytest.approx(1.3 * 300)


def test_no_wait_reaches_past_the_deadline(order: Order) -> None:
    assert next_try_in(order, now=after(72 * 3600 - 10), at_least=500.0, spread=1.0) == 10.0
    assert not is_past_deadline(order, now=after(72 * 3600 - 1))
    assert is_past_deadline(order, now=after(72 * 3600))


def test_an_order_settles_after_its_answer_was_lost(order: Order) -> None:
    order = stepped(order, (0, OrderState.SENDING), (20, OrderState.UNCERTAIN), (25, OrderState.UNCERTAIN))
    assert seconds_to_settle(order, now=after(30), lease=60, settle=120) == 110
    assert seconds_to_settle(order, now=after(140), lease=60, settle=120) == 0


def test_an_order_of_a_dead_worker_settles_from_the_end_of_its_lease(order: Order) -> None:
    order = stepped(order, (0, OrderState.SENDING), (500, OrderState.UNCERTAIN))
    assert seconds_to_settle(order, now=after(500), lease=60, settle=120) == 0
    assert seconds_to_settle(order, now=after(100), lease=60, settle=120) == 80


def test_only_the_last_sending_counts(order: Order) -> None:
    order = stepped(
        order,
        (0, OrderState.SENDING),
        (20, OrderState.UNCERTAIN),
        (150, OrderState.SENDING),
        (160, OrderState.UNCERTAIN),
    )
    assert seconds_to_settle(order, now=after(170), lease=60, settle=120) == 110


def test_what_was_never_sent_needs_no_rest(order: Order) -> None:
    assert seconds_to_settle(order, now=after(1), lease=60, settle=120) == 0


def stepped(order: Order, *steps: tuple[float, OrderState]) -> Order:
    more = tuple(OrderStep(at=after(seconds), state=state, message="") for seconds, state in steps)
    return dataclasses.replace(order, steps=order.steps + more)
