"""A payment under way at Zoho's own page, as an order carries it: which page, and what stood on the invoice
before. Pure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from cache.records.order import Order

SET_ASIDE, HANDED_AT = "set_aside", "handed_at"
"""What is noted of it: who let it rest; when somebody was last shown the way to Zoho's page."""


class OpenPayment(NamedTuple):
    """page_id: Zoho's number of a page of Billing, "" for the invoice's own; no address of either is ever
    kept. paid_before: on the invoice, None where Zoho did not say. payments_before: ids of the payments that
    stood on it. round_id: of several invoices that are paid one after the other, "" for one alone.
    """

    page_id: str
    paid_before: Decimal | None
    payments_before: tuple[str, ...]
    round_id: str = ""


def as_shown(payment: OpenPayment) -> dict[str, Any]:
    """For the `shown` of an order."""
    paid = "" if payment.paid_before is None else str(payment.paid_before)
    return {"paying": [payment.page_id, paid, list(payment.payments_before), payment.round_id]}


def open_payment_of(shown: Mapping[str, Any]) -> OpenPayment:
    """From the `shown` of an order. Raises KeyError for orders of other kinds."""
    page_id, paid, payments, round_id = shown["paying"]
    return OpenPayment(page_id, Decimal(paid) if paid else None, tuple(payments), round_id)


def is_set_aside(order: Order) -> bool:
    """Whether somebody cancelled it here. It is still watched: as long as Zoho's page lives, it can be paid
    on.
    """
    return bool(order.noted.get(SET_ASIDE))


def handed_at(order: Order) -> dt.datetime:
    """When somebody was last shown the way to Zoho's page."""
    noted = order.noted.get(HANDED_AT)
    return dt.datetime.fromisoformat(noted) if noted else order.recorded_at
