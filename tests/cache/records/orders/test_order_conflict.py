"""Paying an invoice and using credit for it: whoever comes second is told, in the same step that would have
recorded it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from cache.records.orders.open_payment import DISMISSED
from cache.records.orders.order import Order, OrderKind, OrderState
from cache.records.orders.order_conflict import OrderConflict
from cache.records.orders.orders import Orders

Make = Callable[..., Order]
PAY, CREDIT = OrderKind.PAY_INVOICE, OrderKind.APPLY_CREDIT


@pytest.fixture
def make_order(an_order: Make) -> Make:
    """A payment, which is handed over at once, or a use of credit."""

    def make(kind: OrderKind, invoice: str = "7001") -> Order:
        return an_order(
            kind=kind,
            document_id=invoice,
            state=OrderState.AT_CHECKOUT if kind is PAY else OrderState.RECORDED,
        )

    return make


@pytest.mark.parametrize(("first", "second"), [(PAY, CREDIT), (CREDIT, PAY)])
def test_whoever_comes_second_is_told_who_was_first(
    orders: Orders, make_order: Make, first: OrderKind, second: OrderKind
) -> None:
    kept = orders.record(make_order(first), form_key="one")
    with pytest.raises(OrderConflict, match=kept.id):
        orders.record(make_order(second), form_key="two")
    assert orders.record(make_order(first), form_key="three").id == kept.id, (
        "the same wish finds its order as before"
    )
    assert orders.record(make_order(second, "7002"), form_key="four").document_id == "7002"
    assert len(orders.of_org("us-1", 10)) == 2
    claim = orders.claim("us-1", kept.id, lease=5, settle=1)
    assert claim is not None
    orders.move(claim, OrderState.CHANGED, message="Nothing is owed any more.")
    assert orders.record(make_order(second), form_key="two").kind is second


def test_a_payment_that_was_set_aside_holds_nobody_back_and_goes_on_only_when_nobody_else_came(
    orders: Orders, make_order: Make
) -> None:
    payment = orders.record(make_order(PAY), form_key="one")
    orders.note(payment, {DISMISSED: "Lena Hartmann"}, message="Lena Hartmann cancelled it here.")
    credit = orders.record(make_order(CREDIT), form_key="two")
    with pytest.raises(OrderConflict, match=credit.id):
        orders.note(payment, {DISMISSED: ""}, message="Lena Hartmann went on to Zoho’s page to pay.")
    orders.note(payment, {}, message="")
    found = orders.get("us-1", payment.id)
    assert found is not None and found.notes[DISMISSED] and len(found.steps) == 2
    assert orders.withdraw("us-1", credit.id, message="Withdrawn.")
    orders.note(payment, {DISMISSED: ""})
    with pytest.raises(OrderConflict, match=payment.id):
        orders.record(make_order(CREDIT), form_key="three")


def test_of_many_at_the_same_moment_one_kind_wins(orders: Orders, make_order: Make) -> None:
    def press(number: int) -> OrderKind | None:
        kind = (PAY, CREDIT)[number % 2]
        try:
            return orders.record(make_order(kind, f"80{number // 20}"), form_key=f"tab {number}").kind
        except OrderConflict:
            return None

    with ThreadPoolExecutor(40) as pool:
        outcome = list(pool.map(press, range(200)))
    for start in range(0, 200, 20):
        won = {item for item in outcome[start : start + 20] if item is not None}
        assert len(won) == 1 and outcome[start : start + 20].count(None) == 10
    assert len(orders.of_org("us-1", 100)) == 10
