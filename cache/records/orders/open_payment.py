"""A payment on Zoho's own page, as an order's payload: which page, and the state of the invoice
before. Pure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from cache.records.orders.order import Order

DISMISSED, CHECKOUT_AT = "dismissed", "checkout_at"
"""Its notes: who dismissed it; when somebody was last sent to Zoho's page."""


class OpenPayment(NamedTuple):
    """page_id: Zoho's id of a Billing page, "" for the invoice's own; the URL of neither is ever stored.
    paid_before: on the invoice, None if Zoho gave none. payments_before: ids of its payments then. batch_id:
    of a payment batch, "" for a single invoice.
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
    """Whether somebody dismissed it here. It is still watched: while Zoho's page lives, it can be paid."""
    return bool(order.notes.get(DISMISSED))


def checkout_at(order: Order) -> dt.datetime:
    """When somebody was last sent to Zoho's page."""
    notes = order.notes.get(CHECKOUT_AT)
    return dt.datetime.fromisoformat(notes) if notes else order.recorded_at
