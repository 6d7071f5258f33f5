"""Which credit an order applies to an invoice, as its payload. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from config.stored_messages import read_stored_text, stored_text


class CreditUse(NamedTuple):
    """source: credit_note or payment (one with an unused amount). used_before: of it on the invoice when the
    client saw it.
    """

    source: str
    id: str
    number: str
    used_before: Decimal


def as_payload(use: CreditUse) -> dict[str, Any]:
    """For the `payload` of an order."""
    return {"credit": [use.source, use.id, stored_text(use.number), str(use.used_before)]}


def credit_use_of(payload: Mapping[str, Any]) -> CreditUse:
    """From the `payload` of an order. Raises KeyError for orders of other kinds."""
    source, id_, number, used_before = payload["credit"]
    return CreditUse(source, id_, read_stored_text(number), Decimal(used_before))
