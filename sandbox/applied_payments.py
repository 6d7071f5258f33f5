"""Payments applied to an invoice."""

from __future__ import annotations

from sandbox.generated.generated_records import GeneratedRecords
from sandbox.generated.listed_records import written_of
from sandbox.generated.makers import PaymentMaker
from sandbox.world import Organisation, Record


def payments_on(organisation: Organisation, invoice_id: str) -> list[Record]:
    """The payments that were applied to this invoice, fully or in part."""
    payments = organisation.payments
    found = [
        record
        for record in written_of(payments)
        if any(part["invoice_id"] == invoice_id for part in record["invoices"])
    ]
    if isinstance(payments, GeneratedRecords) and isinstance(payments.maker, PaymentMaker):
        key = payments.maker.paying(invoice_id)
        if key is not None and key in payments and key not in payments.written:
            found.append(payments[key])
    return found
