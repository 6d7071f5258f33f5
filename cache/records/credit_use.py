"""Which credit an order uses for an invoice, as the order carries it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from config.phrases import kept, read_phrase


class CreditUse(NamedTuple):
    """source: credit_note or payment (of which something is left). used_before: of it on the invoice when the
    client saw it.
    """

    source: str
    id: str
    number: str
    used_before: Decimal


def as_shown(use: CreditUse) -> dict[str, Any]:
    """For the `shown` of an order."""
    return {"credit": [use.source, use.id, kept(use.number), str(use.used_before)]}


def credit_use_of(shown: Mapping[str, Any]) -> CreditUse:
    """From the `shown` of an order. Raises KeyError for orders of other kinds."""
    source, id_, number, used_before = shown["credit"]
    return CreditUse(source, id_, read_phrase(number), Decimal(used_before))
