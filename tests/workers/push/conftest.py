"""Deliveries in this process, and orders about something else than an estimate."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from cache.records.connections.call_budget import CallClass
from cache.records.orders.order import Order, OrderKind, OrderState
from connectors.zoho.books.client import BooksClient
from connectors.zoho.documents.estimate import Estimate
from tests.servers.worker_process import an_answer, until
from workers.push.deliver_order import deliver_order
from workers.services import Services


@pytest.fixture
def books(services: Services, org: str) -> BooksClient:
    return services.zoho.books(org, CallClass.PERSON)


@pytest.fixture
def make_order(services: Services, org: str) -> Callable[..., Order]:
    """A recorded order about a document of a customer. changes: fields of the order."""

    def make(kind: OrderKind, document_id: str, customer_id: str, **changes: Any) -> Order:
        about = Estimate(
            id=document_id, number="", status="", customer_id=customer_id, total=Decimal(0), currency="USD"
        )
        order = dataclasses.replace(an_answer(org, about, kind), **changes)
        return services.orders.record(order, form_key=order.id)

    return make


@pytest.fixture
def delivered(services: Services) -> Callable[..., Order]:
    """The order once it is in one of these states, rung for as often as it takes."""

    def deliver_until(order: Order, *states: OrderState) -> Order:
        def try_once() -> Order | None:
            deliver_order(order.org, order.id, services)
            found = services.orders.get(order.org, order.id)
            return found if found is not None and found.state in states else None

        return until(try_once, seconds=60, why=lambda: str(services.orders.get(order.org, order.id)))

    return deliver_until
