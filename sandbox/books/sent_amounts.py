"""Amounts in request bodies."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox.amounts import exact
from sandbox.books.caller import body_of
from sandbox.refusals import invalid_value
from sandbox.world import Record


def amount_of(body: Record, name: str) -> Decimal:
    """A sent amount. Raises Refused for anything but a finite number."""
    value: Any = body.get(name)
    try:
        found = exact(value)
    except InvalidOperation:
        raise invalid_value(name) from None
    if isinstance(value, bool) or not found.is_finite():
        raise invalid_value(name)
    return found


def parts_of(body: Record, name: str, id_name: str) -> list[tuple[str, Decimal]]:
    """A list such as `invoices`: [{"invoice_id": …, "amount_applied": …}] as (id, amount); [] if absent.
    Raises Refused.
    """
    parts = body.get(name) or []
    if not isinstance(parts, list):
        raise invalid_value(name)
    return [(str(body_of(part).get(id_name, "")), amount_of(part, "amount_applied")) for part in parts]
