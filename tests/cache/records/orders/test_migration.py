"""Orders written by the release before: read as they are, and rewritten once for the scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cache.records.orders import keys as order_keys
from cache.records.orders.migration import migrate_orders
from cache.records.orders.open_payment import OpenPayment, checkout_at, is_dismissed
from cache.records.orders.order import Order, OrderState
from cache.records.orders.order_record import from_record, to_record
from cache.records.orders.orders import Orders
from cache.stores import Stores

BEFORE: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parent / "release_before.json").read_text(encoding="utf-8")
)
"""Kind → an order as the release before wrote it."""


def key_of(record: dict[str, str]) -> str:
    return order_keys.order(record["org"], record["id"])


def assert_is_the_dismissed_payment(order: Order) -> None:
    assert order.state is OrderState.AT_CHECKOUT and order.steps[-1].state is OrderState.AT_CHECKOUT
    assert (order.steps[-1].message, order.steps[-1].zoho_message) == ("At Zoho's page.", "Open")
    assert isinstance(order.payload, OpenPayment) and order.payload.payments_before == ("p1", "p2")
    assert is_dismissed(order) and checkout_at(order) == order.recorded_at


@pytest.mark.parametrize("kind", BEFORE)
def test_an_order_of_the_release_before_is_read(kind: str) -> None:
    assert from_record(BEFORE[kind] | {"later": "a field of the next release"}).kind == kind


def test_its_notes_state_and_steps_mean_what_they_meant() -> None:
    assert_is_the_dismissed_payment(from_record(BEFORE["pay_invoice"]))


@pytest.mark.parametrize("kind", BEFORE)
def test_it_is_rewritten_to_what_this_release_writes(stores: Stores, kind: str) -> None:
    stores.records.hset(key_of(BEFORE[kind]), mapping=BEFORE[kind])
    assert migrate_orders(stores.records) == 1
    stored: dict[str, str] = stores.records.hgetall(key_of(BEFORE[kind]))  # type: ignore[assignment]
    wanted = to_record(from_record(BEFORE[kind]))
    texts = ("steps", "notes", "result")
    assert {name: json.loads(stored[name]) for name in texts} == {
        name: json.loads(wanted[name]) for name in texts
    }
    assert stored["payload"] == BEFORE[kind]["shown"]
    texts += ("payload",)
    assert {name: text for name, text in stored.items() if name not in texts} == {
        name: text for name, text in wanted.items() if name not in texts
    }


def test_a_store_is_rewritten_once_and_present_orders_are_left_alone(stores: Stores, orders: Orders) -> None:
    record = to_record(from_record(BEFORE["pay_invoice"]))
    stores.records.hset(key_of(record), mapping=record)
    assert migrate_orders(stores.records) == 0
    assert stores.records.hgetall(key_of(record)) == record
    stores.records.hset(key_of(record), mapping=BEFORE["pay_invoice"])
    assert migrate_orders(stores.records) == 0, "the store says that it was migrated"
    found = orders.get(record["org"], record["id"])
    assert found is not None
    assert_is_the_dismissed_payment(found)


def test_a_second_run_after_a_kill_changes_nothing(stores: Stores) -> None:
    stores.records.hset(key_of(BEFORE["pay_invoice"]), mapping=BEFORE["pay_invoice"])
    migrate_orders(stores.records)
    first = stores.records.hgetall(key_of(BEFORE["pay_invoice"]))
    stores.records.delete(order_keys.migrated())
    assert migrate_orders(stores.records) == 0
    assert stores.records.hgetall(key_of(BEFORE["pay_invoice"])) == first
