"""The merchants' refunds: closed credit notes that no invoice used, and part of a payment with an unused
amount.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sandbox.amounts import exact
from sandbox.balances import unused_amount
from sandbox.generated.listed_records import written_of
from sandbox.refunding import refund_note, refund_payment
from sandbox.world import DataCentre, Organisation, Record

LATER = timedelta(days=6)
PART = Decimal(20)


def add_refunds(centre: DataCentre, organisation: Organisation, today: date) -> None:
    """After the rest of the past, so that the books balance: the used part of a credit note has a
    destination.
    """
    used = {
        credit["creditnote_id"]
        for invoice in written_of(organisation.invoices)
        for credit in invoice["credits"]
    }
    for note in organisation.credit_notes.values():
        if note["status"] == "closed" and note["creditnote_id"] not in used:
            note["balance"] = note["total"]
            day, at = _later(note)
            refund_note(centre, organisation, note, exact(note["total"]), day=day, at=at)
    for payment in written_of(organisation.payments):
        day, at = _later(payment)
        if unused_amount(payment) > PART * 2 and day < today.isoformat():
            refund_payment(centre, organisation, payment, PART, day=day, at=at)
            break


def _later(record: Record) -> tuple[str, int]:
    return (date.fromisoformat(record["date"]) + LATER).isoformat(), record["created"] + int(
        LATER.total_seconds()
    )
