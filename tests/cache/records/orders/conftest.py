from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from cache.records.orders.order import Order, OrderKind, OrderState, OrderStep, new_order_id
from cache.records.orders.orders import Orders
from cache.records.orders.seen_document import SeenDocument
from cache.stores import Stores


@pytest.fixture
def orders(stores: Stores) -> Orders:
    return Orders(stores.records)


@pytest.fixture
def an_order() -> Callable[..., Order]:
    """A new acceptance of estimate 9001 by Lena, unless told otherwise."""

    def make(**changes: Any) -> Order:
        now = dt.datetime.now(dt.UTC)
        step = OrderStep(at=now, state=OrderState.RECORDED, message="Lena Hartmann accepted this estimate.")
        fields: dict[str, Any] = {
            "id": new_order_id(),
            "org": "us-1",
            "kind": OrderKind.ACCEPT_ESTIMATE,
            "customer_id": "501",
            "account_id": "a1",
            "person_name": "Lena Hartmann",
            "document_id": "9001",
            "document_number": "QT-000001",
            "seen_version": "2026-11-20T10:00:00+00:00",
            "seen_digest": "d" * 64,
            "seen_total": Decimal("1200.50"),
            "currency": "USD",
            "state": OrderState.RECORDED,
            "steps": (step,),
            "recorded_at": now,
            "next_at": now,
            "not_after": now + dt.timedelta(hours=72),
            "payload": SeenDocument({"number": "QT-000001", "empty": []}),
        }
        if changes.get("kind", OrderKind.ACCEPT_ESTIMATE) not in (
            OrderKind.ACCEPT_ESTIMATE,
            OrderKind.DECLINE_ESTIMATE,
        ):
            del fields["payload"]
        return Order(**fields | changes)

    return make
