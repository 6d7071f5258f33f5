"""Orders that the release before stored, under the names it had for their fields."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import pytest

from cache.records.orders.open_payment import OpenPayment
from cache.records.orders.order import OrderState
from cache.records.orders.order_record import from_record, to_record
from cache.stored import StoredUnreadable
from config.stored_messages import StoredMessage

BEFORE = json.loads((Path(__file__).parents[1] / "release_before.json").read_text(encoding="utf-8"))["order"]
AT = dt.datetime(2026, 11, 30, 9, 15, 1, 250000, dt.UTC)


def test_it_is_read_under_the_former_names() -> None:
    order = from_record(BEFORE)
    assert order.state is OrderState.AT_CHECKOUT
    assert isinstance(order.steps[0].message, StoredMessage)
    assert order.steps[0].message == "It was taken over by Mara."
    assert (order.steps[1].message, order.steps[1].zoho_message) == ("At Zoho's page.", "Open")
    assert order.payload == OpenPayment("", Decimal("0.00"), ("11",), "")
    assert order.notes == {"dismissed": "2026-11-30", "checkout_at": "2026-11-30T09:15:01+00:00"}
    assert (order.steps[0].at, order.next_at) == (AT, AT + dt.timedelta(minutes=5))
    assert (order.seen_total, order.attempts) == (Decimal("120.50"), 1)


def test_it_is_written_under_the_names_of_this_release() -> None:
    record = to_record(from_record(BEFORE))
    assert from_record(record) == from_record(BEFORE)
    assert not {"shown", "noted"} & record.keys()
    assert json.loads(record["steps"])[1] == {
        "at": "1796030101.250000",
        "state": "at_checkout",
        "message": "At Zoho's page.",
        "zoho_message": "Open",
    }


def test_a_field_more_is_ignored() -> None:
    assert from_record({**BEFORE, "lease_token": "x", "of_tomorrow": "{"}) == from_record(BEFORE)


@pytest.mark.parametrize("total", ["NaN", "Infinity", "1E+5"])
def test_a_total_that_is_no_plain_decimal_is_refused(total: str) -> None:
    with pytest.raises(StoredUnreadable):
        from_record({**BEFORE, "seen_total": total})


def test_a_payload_that_does_not_fit_its_kind_is_refused() -> None:
    with pytest.raises(StoredUnreadable, match="payload"):
        from_record({**BEFORE, "shown": '{"paying": 3}'})
