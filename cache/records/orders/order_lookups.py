"""Reading orders: by id, by customer or organisation, by queue, and what is due."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from redis import Redis

from cache.records.orders import keys as order_keys
from cache.records.orders.order import Order, OrderKind
from cache.records.orders.order_queue import order_queue
from cache.records.orders.order_record import from_record
from cache.records.scheduler.due_times import DueTimes


class OrderLookups:
    """The part of the store that changes nothing."""

    def __init__(self, records: Redis) -> None:
        self._records = records
        self._due = DueTimes(records, "orders")

    def get(self, org: str, order_id: str) -> Order | None:
        record: Any = self._records.hgetall(order_keys.order(org, order_id))
        return from_record(record) if record else None

    def of_customer(self, org: str, customer_id: str, limit: int) -> list[Order]:
        """Newest first."""
        return self._newest(org, order_keys.customer_orders(org, customer_id), limit)

    def of_org(self, org: str, limit: int) -> list[Order]:
        """Newest first."""
        return self._newest(org, order_keys.organisation_orders(org), limit)

    def due(self, limit: int) -> list[tuple[str, str]]:
        """(organisation, order id) of what is due, oldest first. Reading changes nothing; a claim decides."""
        return [_from_due_member(member) for member in self._due.due(limit)]

    def open_payments(self, org: str, invoice_ids: Iterable[str]) -> list[Order]:
        """The open payments of these invoices; one round trip if none has any."""
        with self._records.pipeline(transaction=False) as pipe:
            for invoice_id in invoice_ids:
                pipe.lindex(order_keys.document_queue(org, f"{OrderKind.PAY_INVOICE}:{invoice_id}"), 0)
            found = [self.get(org, order_id) for order_id in pipe.execute() if order_id]
        return [order for order in found if order is not None]

    def first_in_queue(self, order: Order) -> str | None:
        """The id of the order that is now first in the same queue, if any."""
        first: Any = self._records.lindex(order_keys.document_queue(order.org, order_queue(order)), 0)
        return str(first) if first else None

    def _newest(self, org: str, index: str, limit: int) -> list[Order]:
        ids: Any = self._records.zrevrange(index, 0, limit - 1)
        with self._records.pipeline(transaction=False) as pipe:
            for order_id in ids:
                pipe.hgetall(order_keys.order(org, order_id))
            return [from_record(record) for record in pipe.execute() if record]


def due_member(org: str, order_id: str) -> str:
    """How an order stands among what is due."""
    return f"{org}|{order_id}"


def _from_due_member(member: str) -> tuple[str, str]:
    org, _, order_id = member.partition("|")
    return org, order_id
