"""An offline payment to be recorded in Zoho."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from connectors.zoho.documents.money import json_number

MAX_REFERENCE_LENGTH = 100
MODES = frozenset(
    {"check", "cash", "creditcard", "banktransfer", "bankremittance", "autotransaction", "others"}
)


@dataclass(frozen=True, kw_only=True)
class OfflinePayment:
    """amount and applied (invoice id → amount) in the invoice's currency. reference: our order number, used
    to find the payment later.

    Raises ValueError for zero or negative amounts, or more applied than paid.
    """

    customer_id: str
    amount: Decimal
    date: dt.date
    mode: str
    reference: str
    description: str = ""
    applied: Mapping[str, Decimal]

    def __post_init__(self) -> None:
        if self.amount <= 0 or any(amount <= 0 for amount in self.applied.values()):
            raise ValueError("a payment is more than nothing")
        if sum(self.applied.values()) > self.amount:
            raise ValueError("more is applied than was paid")
        if not self.reference or len(self.reference) > MAX_REFERENCE_LENGTH:
            raise ValueError("a payment needs a reference of at most 100 characters")
        if self.mode not in MODES:
            raise ValueError("Zoho does not know this way of paying")
        if not all(item.isascii() and item.isdigit() for item in (self.customer_id, *self.applied)):
            raise ValueError("an id of Zoho is all digits")

    def as_body(self) -> dict[str, Any]:
        """The request body. Zoho's specification also has invoice_id and amount_applied at the top: an
        artefact (zoho.md 4.6).
        """
        body: dict[str, Any] = {
            "customer_id": self.customer_id,
            "payment_mode": self.mode,
            "amount": json_number(self.amount),
            "date": self.date.isoformat(),
            "reference_number": self.reference,
            "invoices": [
                {"invoice_id": item, "amount_applied": json_number(amount)}
                for item, amount in self.applied.items()
            ],
        }
        return {**body, "description": self.description} if self.description else body
