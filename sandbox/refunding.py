"""Refunds: of a credit note, or of a payment's unused part (zoho.md 4.2, 4.6)."""

from __future__ import annotations

from decimal import Decimal

from sandbox.amounts import exact, json_number
from sandbox.balances import unused_amount
from sandbox.world import DataCentre, Organisation, Record


def refund_note(
    centre: DataCentre, organisation: Organisation, note: Record, amount: Decimal, *, day: str, at: int
) -> None:
    """Refund part of a credit note, which reduces its balance. Raises ValueError for more than is left."""
    if not 0 < amount <= exact(note["balance"]):
        raise ValueError("a credit note gives back at most what is left of it")
    precision = organisation.precision(note["currency_code"])
    _enter(centre, note, amount, precision, day)
    note["balance"] = json_number(exact(note["balance"]) - amount, precision)
    note.update(status="open" if note["balance"] else "closed", modified=max(note["modified"], at))


def refund_payment(
    centre: DataCentre, organisation: Organisation, payment: Record, amount: Decimal, *, day: str, at: int
) -> None:
    """Refund part of a payment's unused amount. Raises ValueError for more than that."""
    if not 0 < amount <= unused_amount(payment):
        raise ValueError("a payment gives back at most what is left of it")
    _enter(centre, payment, amount, organisation.precision(payment["currency_code"]), day)
    payment["modified"] = max(payment["modified"], at)


def _enter(centre: DataCentre, of: Record, amount: Decimal, precision: int, day: str) -> None:
    refund = {
        "refund_id": centre.new_id(),
        "date": day,
        "amount": json_number(amount, precision),
        "mode": "banktransfer",
        "reference": "",
    }
    of.setdefault("refunds", []).append(refund)
