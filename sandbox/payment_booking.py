"""Booking payments against invoices (zoho.md 4.6, 5.3)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sandbox import history
from sandbox.amounts import exact, json_number, rounded
from sandbox.balances import balance_of
from sandbox.refusals import Refused, invalid_value
from sandbox.wording import say
from sandbox.world import DataCentre, Organisation, Record, World

MODES = {
    "check": "Check",
    "cash": "Cash",
    "creditcard": "Credit Card",
    "banktransfer": "Bank Transfer",
    "bankremittance": "Bank Remittance",
    "autotransaction": "Auto Transaction",
    "others": "Others",
}
TOO_MUCH = 24016
NOT_OPEN = 24019


def book_payment(
    world: World,
    centre: DataCentre,
    organisation: Organisation,
    by: Record,
    *,
    customer_id: str,
    amount: Decimal,
    mode: str,
    date: str,
    reference: str,
    description: str,
    applied: Iterable[tuple[str, Decimal]],
) -> Record:
    """Record a payment; the unapplied part stays unused. Charges nothing, and a repeat makes a second one.

    Raises Refused for an unknown customer or invoice, an amount that is not positive, an invoice that is
    draft or void, and for applying more than the balance or more than the amount.
    """
    if customer_id not in organisation.contacts:
        raise invalid_value("customer_id")
    parts = list(applied)
    check_payment(organisation, customer_id, amount, parts)
    payment = enter_payment(
        centre,
        organisation,
        customer_id=customer_id,
        amount=amount,
        mode=mode,
        date=date,
        reference=reference,
        description=description,
        applied=parts,
        at=world.clock.seconds(),
    )
    for invoice_id, _ in parts:
        world.modify(organisation.invoices[invoice_id])
        history.note(
            world,
            centre,
            organisation,
            document_id=invoice_id,
            transaction_type="invoice",
            by=by,
            description=f"Payment {payment['payment_number']} recorded",
        )
    world.modify(payment)
    return payment


def enter_payment(
    centre: DataCentre,
    organisation: Organisation,
    *,
    customer_id: str,
    amount: Decimal,
    mode: str,
    date: str,
    reference: str,
    description: str,
    applied: Iterable[tuple[str, Decimal]],
    at: int,
) -> Record:
    """Add a payment without checks; the seed uses it for the past."""
    customer = organisation.contacts[customer_id]
    precision = organisation.precision(customer["currency_code"])
    payment: Record = {
        "payment_id": centre.new_id(),
        "payment_number": str(organisation.numbers.setdefault("payment", 0) + 1),
        "customer_id": customer_id,
        "customer_name": customer["contact_name"],
        "currency_code": customer["currency_code"],
        "amount": json_number(amount, precision),
        "payment_mode": mode,
        "date": date,
        "reference_number": reference,
        "description": description,
        "invoices": [],
        "custom_fields": {},
        "online": {},
        "created": at,
        "modified": at,
    }
    organisation.numbers["payment"] += 1
    for invoice_id, part in applied:
        use_for_invoice(centre, organisation, payment, organisation.invoices[invoice_id], part)
    organisation.payments[payment["payment_id"]] = payment
    return payment


def check_payment(
    organisation: Organisation, customer_id: str, amount: Decimal, parts: list[tuple[str, Decimal]]
) -> None:
    """Check that a payment of this amount may be applied like this to the customer's invoices. Raises
    Refused.
    """
    precision = organisation.precision(organisation.contacts[customer_id]["currency_code"])
    if amount <= 0 or rounded(amount, precision) != amount:
        raise invalid_value("amount")
    if sum((part for _, part in parts), Decimal(0)) > amount:
        raise Refused(TOO_MUCH, say(organisation.language, "payment_too_much"))
    for invoice_id, part in parts:
        _check(
            organisation,
            customer_id,
            invoice_id,
            part,
            sum((part for key, part in parts if key == invoice_id), Decimal(0)),
        )


def use_for_invoice(
    centre: DataCentre, organisation: Organisation, payment: Record, invoice: Record, part: Decimal
) -> None:
    """Apply an amount of a payment to an invoice, unchecked."""
    precision = organisation.precision(invoice["currency_code"])
    payment["invoices"].append(
        {
            "invoice_id": invoice["invoice_id"],
            "invoice_payment_id": centre.new_id(),
            "amount_applied": json_number(part, precision),
        }
    )
    invoice["payment_made"] = json_number(exact(invoice["payment_made"]) + part, precision)
    invoice["last_payment_date"] = max(invoice["last_payment_date"], payment["date"])


def take_off_invoice(organisation: Organisation, payment: Record, part: Record) -> None:
    """Undo one application of a payment; the invoice owes that amount again."""
    payment["invoices"].remove(part)
    invoice = organisation.invoices[part["invoice_id"]]
    precision = organisation.precision(invoice["currency_code"])
    invoice["payment_made"] = json_number(
        exact(invoice["payment_made"]) - exact(part["amount_applied"]), precision
    )


def _check(
    organisation: Organisation, customer_id: str, invoice_id: str, part: Decimal, together: Decimal
) -> None:
    invoice = organisation.invoices.get(invoice_id)
    if invoice is None or invoice["customer_id"] != customer_id:
        raise invalid_value("invoice_id")
    if invoice["status"] in ("draft", "void"):
        raise Refused(NOT_OPEN, say(organisation.language, "payment_not_open"))
    if part <= 0:
        raise invalid_value("amount_applied")
    if together > balance_of(invoice):
        raise Refused(TOO_MUCH, say(organisation.language, "payment_too_much"))
