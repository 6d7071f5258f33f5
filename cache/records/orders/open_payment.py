"""A payment under way at Zoho's own page, as an order carries it: which page, and what stood on the invoice
before. Pure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from cache.records.orders.order import Order

DISMISSED, CHECKOUT_AT = "dismissed", "checkout_at"
"""What is noted of it: who let it rest; when somebody was last shown the way to Zoho's page."""


class OpenPayment(NamedTuple):
    """page_id: Zoho's number of a page of Billing, "" for the invoice's own; no address of either is ever
    kept. paid_before: on the invoice, None where Zoho did not say. payments_before: ids of the payments that
    stood on it. batch_id: of several invoices that are paid one after the other, "" for one alone.
    """

    page_id: str
    paid_before: Decimal | None
    payments_before: tuple[str, ...]
    batch_id: str = ""


def as_payload(payment: OpenPayment) -> dict[str, Any]:
    """For the `payload` of an order."""
    paid = "" if payment.paid_before is None else str(payment.paid_before)
    return {"paying": [payment.page_id, paid, list(payment.payments_before), payment.batch_id]}


def open_payment_of(payload: Mapping[str, Any]) -> OpenPayment:
    """From the `payload` of an order. Raises KeyError for orders of other kinds."""
    page_id, paid, payments, batch_id = payload["paying"]
    return OpenPayment(page_id, Decimal(paid) if paid else None, tuple(payments), batch_id)


def is_dismissed(order: Order) -> bool:
    """Whether somebody cancelled it here. It is still watched: as long as Zoho's page lives, it can be paid
    on.
    """
    return bool(order.notes.get(DISMISSED))


def checkout_at(order: Order) -> dt.datetime:
    """When somebody was last shown the way to Zoho's page."""
    notes = order.notes.get(CHECKOUT_AT)
    return dt.datetime.fromisoformat(notes) if notes else order.recorded_at
