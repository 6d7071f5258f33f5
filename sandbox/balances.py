"""Balances: per invoice and per customer."""

from __future__ import annotations

from decimal import Decimal

from sandbox.amounts import exact
from sandbox.generated.generated_invoices import GeneratedInvoices
from sandbox.generated.listed_records import written_of
from sandbox.world import Organisation, Record


def balance_of(invoice: Record) -> Decimal:
    """Total minus payments, credits and write-off.

    A draft's balance equals its total although nothing is owed (zoho.md 5.2); a void invoice's is 0.
    """
    if invoice["status"] == "void":
        return Decimal(0)
    settled = (invoice["payment_made"], invoice["credits_applied"], invoice["write_off_amount"])
    return exact(invoice["total"]) - sum((exact(item) for item in settled if item), Decimal(0))


def invoice_status(invoice: Record, today: str) -> str:
    """The status Zoho shows on a day (yyyy-mm-dd): overdue follows from the date and takes precedence over
    partially_paid (zoho.md 5.2).
    """
    if invoice["status"] in ("draft", "void"):
        return str(invoice["status"])
    if balance_of(invoice) <= 0:
        return "paid"
    if invoice["due_date"] and invoice["due_date"] < today:
        return "overdue"
    if exact(invoice["payment_made"]) > 0 or exact(invoice["credits_applied"]) > 0:
        return "partially_paid"
    return "viewed" if invoice["is_viewed_by_client"] else "sent"


def outstanding_by_customer(organisation: Organisation, only: str = "") -> dict[str, Decimal]:
    """Open balances per customer, in their currency, without drafts and voids. only: one customer's id, ""
    for all.
    """
    invoices = organisation.invoices
    sums: dict[str, Decimal] = invoices.owed() if isinstance(invoices, GeneratedInvoices) else {}
    for invoice in written_of(invoices):
        if only in ("", invoice["customer_id"]) and invoice["status"] not in ("draft", "void"):
            sums[invoice["customer_id"]] = sums.get(invoice["customer_id"], Decimal(0)) + balance_of(invoice)
    return sums


def unused_credits_by_customer(organisation: Organisation, only: str = "") -> dict[str, Decimal]:
    """Unapplied payments and open credit notes, per customer. only: one customer's id, "" for all."""
    sums: dict[str, Decimal] = {}
    for payment in written_of(organisation.payments):  # generated ones are applied in full
        if only in ("", payment["customer_id"]):
            sums[payment["customer_id"]] = sums.get(payment["customer_id"], Decimal(0)) + unused_amount(
                payment
            )
    for note in organisation.credit_notes.values():
        if only in ("", note["customer_id"]) and note["status"] == "open":
            sums[note["customer_id"]] = sums.get(note["customer_id"], Decimal(0)) + exact(note["balance"])
    return sums


def unused_amount(payment: Record) -> Decimal:
    """The part of a payment that was neither applied to an invoice nor refunded (zoho.md 5.3)."""
    return (
        exact(payment["amount"])
        - sum((exact(invoice["amount_applied"]) for invoice in payment["invoices"]), Decimal(0))
        - refunded(payment)
    )


def refunded(record: Record) -> Decimal:
    """The refunded part of a payment or a credit note."""
    return sum((exact(refund["amount"]) for refund in record.get("refunds", [])), Decimal(0))
