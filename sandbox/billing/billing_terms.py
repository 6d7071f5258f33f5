"""Billing one term of a subscription: its invoice, and the charge of a stored card (zoho.md 4.8, 5.4)."""

from __future__ import annotations

from datetime import date, timedelta

from sandbox.amounts import exact
from sandbox.billing.calendar_terms import last_day_of
from sandbox.drafting import new_line
from sandbox.invoice_lifecycle import blank_invoice
from sandbox.payment_booking import enter_payment
from sandbox.world import DataCentre, Organisation, Record

OFFLINE_TERMS = 30
"""Payment terms in days for offline customers."""


def invoice_term(
    centre: DataCentre, organisation: Organisation, subscription: Record, day: str, at: int
) -> Record:
    """The invoice of the term that begins on `day`, sent at once; its lines have the codes of the billed
    items.
    """
    due = date.fromisoformat(day) + timedelta(days=0 if subscription["auto_collect"] else OFFLINE_TERMS)
    lines = [
        {
            **new_line(
                centre,
                name=addon["name"],
                description=f"Term from {day}",
                quantity=addon["quantity"],
                rate=addon["price"],
            ),
            "code": addon["code"],
        }
        for addon in (subscription["plan"], *subscription["addons"])
    ]
    invoice = blank_invoice(
        centre,
        organisation,
        customer_id=subscription["customer_id"],
        status="sent",
        date=day,
        due_date=due.isoformat(),
        lines=lines,
        reference=subscription["reference_id"],
        notes="",
        terms="",
        at=at,
    )
    subscription["invoice_ids"].append(invoice["invoice_id"])
    subscription["last_billing_at"] = day
    return invoice


def charge_card(
    centre: DataCentre, organisation: Organisation, invoice: Record, card: Record, day: str, at: int
) -> Record | None:
    """Pay a whole invoice by a stored card; None if the card has expired."""
    if last_day_of(card["expiry_year"], card["expiry_month"]).isoformat() < day:
        return None
    total = exact(invoice["total"])
    payment = enter_payment(
        centre,
        organisation,
        customer_id=invoice["customer_id"],
        amount=total,
        mode="autotransaction",
        date=day,
        reference="",
        description=f"Payment for {invoice['invoice_number']}",
        applied=[(invoice["invoice_id"], total)],
        at=at,
    )
    payment["online"] = transaction(centre, card)
    invoice["modified"] = at
    return payment


def transaction(centre: DataCentre, method: Record) -> Record:
    """A gateway's transaction fields for a charge to a card or an account."""
    return {
        "transaction_id": f"ch_{centre.new_id()}",
        "payment_gateway": method["payment_gateway"],
        "last_four_digits": method["last_four_digits"],
    }
