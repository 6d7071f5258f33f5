"""Orders: written once, owned by one worker at a time, moved only by its owner."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from cache.records.orders import keys as order_keys
from cache.records.orders.order import FINAL, Order, OrderKind, OrderState
from cache.records.orders.order_moves import IllegalMove, LeaseLost
from cache.records.orders.order_queue import order_queue
from cache.records.orders.orders import Orders
from cache.stores import Stores

Make = Callable[..., Order]
LEASE, SETTLE = 5, 1


def test_an_order_comes_back_as_it_was_recorded(orders: Orders, an_order: Make) -> None:
    order = an_order()
    kept = orders.record(order, form_key="f1")
    assert (kept.id, kept.seen_total, kept.payload, kept.state) == (
        order.id,
        order.seen_total,
        order.payload,
        OrderState.RECORDED,
    )
    assert [step.message for step in kept.steps] == [step.message for step in order.steps]
    assert orders.of_customer("us-1", "501", 10) == orders.of_org("us-1", 10) == [kept]
    assert orders.due(10) == [("us-1", order.id)]


def test_fifty_identical_presses_make_one_order(orders: Orders, an_order: Make) -> None:
    with ThreadPoolExecutor(50) as pool:
        kept = list(pool.map(lambda _: orders.record(an_order(), form_key="same").id, range(50)))
    assert len(set(kept)) == 1
    assert len(orders.of_org("us-1", 100)) == 1


def test_a_second_tab_finds_the_open_order_of_the_first(orders: Orders, an_order: Make) -> None:
    first = orders.record(an_order(), form_key="tab one")
    assert orders.record(an_order(), form_key="tab two").id == first.id


def test_the_opposite_wish_waits_behind_the_first(orders: Orders, an_order: Make) -> None:
    accept = orders.record(an_order(), form_key="f1")
    decline = orders.record(an_order(kind=OrderKind.DECLINE_ESTIMATE), form_key="f2")
    assert orders.claim("us-1", decline.id, lease=LEASE, settle=SETTLE) is None
    claim = orders.claim("us-1", accept.id, lease=LEASE, settle=SETTLE)
    assert claim is not None
    orders.move(claim, OrderState.CONFIRMED, message="Accepted.", result={"status": "accepted"})
    assert orders.due(10) == [("us-1", decline.id)]
    assert orders.claim("us-1", decline.id, lease=LEASE, settle=SETTLE) is not None


def test_two_workers_never_own_one_order(orders: Orders, an_order: Make) -> None:
    order = orders.record(an_order(), form_key="f")
    start = threading.Barrier(20)

    def try_it(_: int) -> bool:
        start.wait()
        return orders.claim("us-1", order.id, lease=LEASE, settle=SETTLE) is not None

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(try_it, range(20))) == 1


def test_an_owned_order_is_not_due_before_the_lease_ends(orders: Orders, an_order: Make) -> None:
    order = orders.record(an_order(), form_key="f")
    orders.claim("us-1", order.id, lease=LEASE, settle=SETTLE)
    assert orders.due(10) == []


def test_a_dead_owner_who_sent_nothing_leaves_the_order_as_it_was(orders: Orders, an_order: Make) -> None:
    order = orders.record(an_order(), form_key="f")
    orders.claim("us-1", order.id, lease=1, settle=60)
    time.sleep(1.1)
    claim = orders.claim("us-1", order.id, lease=LEASE, settle=60)
    assert claim is not None and not claim.was_uncertain


def test_a_dead_owner_who_was_sending_leaves_an_uncertain_order_that_rests_for_the_settle_time(
    orders: Orders, an_order: Make
) -> None:
    order = orders.record(an_order(), form_key="f")
    claim = orders.claim("us-1", order.id, lease=1, settle=1)
    assert claim is not None
    orders.note_sending(claim, "Sent to Zoho.")
    time.sleep(1.1)
    assert orders.claim("us-1", order.id, lease=LEASE, settle=1) is None
    found = orders.get("us-1", order.id)
    assert found is not None and found.state is OrderState.UNCERTAIN and found.attempts == 1
    time.sleep(1.1)
    again = orders.claim("us-1", order.id, lease=LEASE, settle=1)
    assert again is not None and again.was_uncertain


def test_the_old_owner_can_no_longer_speak_for_the_order(orders: Orders, an_order: Make) -> None:
    order = orders.record(an_order(), form_key="f")
    old = orders.claim("us-1", order.id, lease=1, settle=0)
    assert old is not None
    time.sleep(1.1)
    new = orders.claim("us-1", order.id, lease=LEASE, settle=0)
    assert new is not None
    with pytest.raises(LeaseLost):
        orders.note_sending(old, "Sent to Zoho.")
    with pytest.raises(LeaseLost):
        orders.move(old, OrderState.REFUSED, message="Too late.")
    assert orders.move(new, OrderState.CONFIRMED, message="Done.").state is OrderState.CONFIRMED


@pytest.mark.parametrize("state", sorted(FINAL))
def test_a_final_order_never_moves_again(orders: Orders, an_order: Make, state: OrderState) -> None:
    order = orders.record(an_order(), form_key="f")
    claim = orders.claim("us-1", order.id, lease=LEASE, settle=SETTLE)
    assert claim is not None
    final = orders.move(claim, state, message="The end.")
    assert final.next_at is None and orders.due(10) == []
    assert orders.claim("us-1", order.id, lease=LEASE, settle=SETTLE) is None
    with pytest.raises(LeaseLost):
        orders.move(claim, OrderState.WAITING, message="?", next_in=1)
    assert not orders.withdraw("us-1", order.id, message="?") and not orders.retry(
        "us-1", order.id, message="?"
    )


def test_what_may_have_been_sent_never_goes_back_to_waiting(orders: Orders, an_order: Make) -> None:
    order = orders.record(an_order(), form_key="f")
    claim = orders.claim("us-1", order.id, lease=LEASE, settle=0)
    assert claim is not None
    orders.move(orders.note_sending(claim, "Sent."), OrderState.UNCERTAIN, message="Lost.", next_in=0)
    again = orders.claim("us-1", order.id, lease=LEASE, settle=0)
    assert again is not None
    with pytest.raises(IllegalMove):
        orders.move(again, OrderState.WAITING, message="?", next_in=1)


def test_a_waiting_order_comes_due_when_it_said(orders: Orders, an_order: Make) -> None:
    order = orders.record(an_order(), form_key="f")
    claim = orders.claim("us-1", order.id, lease=LEASE, settle=SETTLE)
    assert claim is not None
    orders.move(claim, OrderState.WAITING, message="Zoho is away.", next_in=0.5)
    assert orders.due(10) == [] and orders.claim("us-1", order.id, lease=LEASE, settle=SETTLE) is None
    time.sleep(0.6)
    assert orders.due(10) == [("us-1", order.id)]


def test_an_order_is_withdrawn_only_while_nobody_delivers_it(
    stores: Stores, orders: Orders, an_order: Make
) -> None:
    order = orders.record(an_order(), form_key="f")
    orders.claim("us-1", order.id, lease=LEASE, settle=SETTLE)
    assert not orders.withdraw("us-1", order.id, message="Withdrawn by Lena Hartmann.")
    other = orders.record(an_order(document_id="9002"), form_key="g")
    assert orders.withdraw("us-1", other.id, message="Withdrawn by Lena Hartmann.")
    found = orders.get("us-1", other.id)
    assert found is not None and found.state is OrderState.WITHDRAWN
    assert not stores.records.exists(order_keys.document_queue("us-1", order_queue(other)))


def test_a_stuck_order_that_may_have_been_sent_is_read_before_it_is_sent_again(
    orders: Orders, an_order: Make
) -> None:
    order = orders.record(an_order(), form_key="f")
    claim = orders.claim("us-1", order.id, lease=LEASE, settle=SETTLE)
    assert claim is not None
    orders.move(
        orders.note_sending(claim, "Sent."), OrderState.NEEDS_ATTENTION, message="A person must look."
    )
    assert orders.due(10) == []
    assert orders.retry("us-1", order.id, message="Looked at again for the merchant.")
    again = orders.claim("us-1", order.id, lease=LEASE, settle=SETTLE)
    assert again is not None and again.was_uncertain


def test_orders_do_not_need_the_queue(orders: Orders, an_order: Make, stores: Stores) -> None:
    order = orders.record(an_order(), form_key="f")
    for key in stores.records.scan_iter("rq:*"):
        stores.records.delete(key)
    assert orders.due(1) == [("us-1", order.id)]


def test_an_order_that_is_gone_leaves_the_due_set(orders: Orders, an_order: Make, stores: Stores) -> None:
    order = orders.record(an_order(), form_key="f")
    stores.records.delete(order_keys.order("us-1", order.id))
    assert orders.claim("us-1", order.id, lease=LEASE, settle=SETTLE) is None
    assert orders.due(10) == []
