"""A payment on Zoho's own page, as an order's payload: which page, and the state of the invoice
before. Pure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from cache.records.orders.order import Order
from cache.records.orders.payload import Payload

DISMISSED, CHECKOUT_AT = "dismissed", "checkout_at"
"""Its notes: who dismissed it; when somebody was last sent to Zoho's page."""


@dataclass(frozen=True)
class OpenPayment(Payload):
    """page_id: Zoho's id of a Billing page, "" for the invoice's own; the URL of neither is ever stored.
    paid_before: on the invoice, None if Zoho gave none. payments_before: ids of its payments then. batch_id:
    of a payment batch, "" for a single invoice.
    """

    page_id: str
    paid_before: Decimal | None
    payments_before: tuple[str, ...]
    batch_id: str = ""

    def to_stored(self) -> dict[str, Any]:
        paid = "" if self.paid_before is None else str(self.paid_before)
        return {"paying": [self.page_id, paid, list(self.payments_before), self.batch_id]}

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        page_id, paid, payments, batch_id = stored["paying"]
        return cls(page_id, Decimal(paid) if paid else None, tuple(payments), batch_id)


def is_dismissed(order: Order) -> bool:
    """Whether somebody dismissed it here. It is still watched: while Zoho's page lives, it can be paid."""
    return bool(order.notes.get(DISMISSED))


def checkout_at(order: Order) -> dt.datetime:
    """When somebody was last sent to Zoho's page."""
    notes = order.notes.get(CHECKOUT_AT)
    return dt.datetime.fromisoformat(notes) if notes else order.recorded_at
