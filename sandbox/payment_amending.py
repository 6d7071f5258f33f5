"""Changing a recorded payment (zoho.md 3.3: what an upsert does when it finds one)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sandbox.amounts import exact, json_number
from sandbox.payment_booking import check_payment, take_off_invoice, use_for_invoice
from sandbox.refusals import Refused
from sandbox.world import DataCentre, Organisation, Record, World


def amend_payment(
    world: World,
    centre: DataCentre,
    organisation: Organisation,
    payment: Record,
    *,
    amount: Decimal,
    mode: str,
    date: str,
    reference: str,
    description: str,
    applied: Iterable[tuple[str, Decimal]],
) -> None:
    """Remove a payment from its invoices, change it, and apply it again. Raises Refused like booking, with
    nothing changed.
    """
    before, parts = list(payment["invoices"]), list(applied)
    for part in before:
        take_off_invoice(organisation, payment, part)
    try:
        check_payment(organisation, payment["customer_id"], amount, parts)
    except Refused:
        for part in before:
            use_for_invoice(
                centre,
                organisation,
                payment,
                organisation.invoices[part["invoice_id"]],
                exact(part["amount_applied"]),
            )
        raise
    payment.update(
        amount=json_number(amount, organisation.precision(payment["currency_code"])),
        payment_mode=mode,
        date=date,
        reference_number=reference,
        description=description,
    )
    for invoice_id, part in parts:
        use_for_invoice(centre, organisation, payment, organisation.invoices[invoice_id], part)
    for invoice_id in {record["invoice_id"] for record in before} | {key for key, _ in parts}:
        world.modify(organisation.invoices[invoice_id])
    world.modify(payment)
