"""Settling an invoice without new money: applying credits and writing off (zoho.md 4.5, 5.2, 5.3)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sandbox import history
from sandbox.amounts import exact, json_number
from sandbox.balances import balance_of, unused_amount
from sandbox.payment_booking import NOT_OPEN, TOO_MUCH, use_for_invoice
from sandbox.refusals import Refused, invalid_value
from sandbox.wording import say
from sandbox.world import DataCentre, Organisation, Record, World

Part = tuple[str, Decimal]
"""Id of a payment or credit note, and the amount of it."""


def apply_credits(
    world: World,
    centre: DataCentre,
    organisation: Organisation,
    invoice: Record,
    by: Record,
    *,
    payments: Iterable[Part],
    credit_notes: Iterable[Part],
) -> None:
    """Apply unused payments and open credit notes to an invoice. Not idempotent: a repeat applies what is
    left.

    Raises Refused, with nothing changed: for a draft or void invoice, a payment or note of another customer
    or with less left, amounts that are not positive, and for more than the invoice's balance.
    """
    from_payments, from_notes = list(payments), list(credit_notes)
    if not from_payments and not from_notes:
        raise invalid_value("apply_creditnotes")
    _check_open(organisation, invoice)
    for key, part in from_payments:
        payment = organisation.payments.get(key)
        left = unused_amount(payment) if payment else Decimal(0)
        _check_source(
            invoice, payment, left, part, _sum(from_payments, key), "payment_id", organisation.language
        )
    for key, part in from_notes:
        note = organisation.credit_notes.get(key)
        left = exact(note["balance"]) if note and note["status"] == "open" else Decimal(0)
        _check_source(
            invoice, note, left, part, _sum(from_notes, key), "creditnote_id", organisation.language
        )
    if sum((part for _, part in [*from_payments, *from_notes]), Decimal(0)) > balance_of(invoice):
        raise Refused(TOO_MUCH, say(organisation.language, "credits_too_much"))
    for key, part in from_payments:
        use_for_invoice(centre, organisation, organisation.payments[key], invoice, part)
        world.modify(organisation.payments[key])
    for key, part in from_notes:
        _use_note(world, centre, organisation, invoice, organisation.credit_notes[key], part)
    _note(world, centre, organisation, invoice, by, f"Credits applied to invoice {invoice['invoice_number']}")


def write_off(
    world: World, centre: DataCentre, organisation: Organisation, invoice: Record, by: Record
) -> None:
    """Write off the balance: it becomes `write_off_amount`. Raises Refused if nothing is owed."""
    _check_open(organisation, invoice)
    owed = balance_of(invoice)
    if owed <= 0:
        raise Refused(NOT_OPEN, say(organisation.language, "nothing_to_write_off"))
    invoice["write_off_amount"] = json_number(
        exact(invoice["write_off_amount"]) + owed, organisation.precision(invoice["currency_code"])
    )
    _note(world, centre, organisation, invoice, by, f"Invoice {invoice['invoice_number']} written off")


def cancel_write_off(
    world: World, centre: DataCentre, organisation: Organisation, invoice: Record, by: Record
) -> None:
    """Undo the write-off. Raises Refused if nothing was written off."""
    if not invoice["write_off_amount"]:
        raise Refused(NOT_OPEN, say(organisation.language, "nothing_written_off"))
    invoice["write_off_amount"] = 0
    _note(
        world,
        centre,
        organisation,
        invoice,
        by,
        f"Write-off of invoice {invoice['invoice_number']} cancelled",
    )


def _check_open(organisation: Organisation, invoice: Record) -> None:
    if invoice["status"] in ("draft", "void"):
        raise Refused(NOT_OPEN, say(organisation.language, "payment_not_open"))


def _check_source(
    invoice: Record,
    source: Record | None,
    left: Decimal,
    part: Decimal,
    together: Decimal,
    name: str,
    language: str,
) -> None:
    if source is None or source["customer_id"] != invoice["customer_id"]:
        raise invalid_value(name)
    if part <= 0:
        raise invalid_value("amount_applied")
    if together > left:
        raise Refused(TOO_MUCH, say(language, "credits_too_much"))


def _use_note(
    world: World, centre: DataCentre, organisation: Organisation, invoice: Record, note: Record, part: Decimal
) -> None:
    precision = organisation.precision(invoice["currency_code"])
    invoice["credits"].append(
        {
            "creditnote_id": note["creditnote_id"],
            "creditnotes_invoice_id": centre.new_id(),
            "creditnotes_number": note["creditnote_number"],
            "credited_date": world.today(organisation).isoformat(),
            "amount_applied": json_number(part, precision),
        }
    )
    invoice["credits_applied"] = json_number(exact(invoice["credits_applied"]) + part, precision)
    note["balance"] = json_number(exact(note["balance"]) - part, precision)
    note["status"] = "open" if note["balance"] else "closed"
    world.modify(note)


def _sum(parts: list[Part], key: str) -> Decimal:
    return sum((part for item, part in parts if item == key), Decimal(0))


def _note(
    world: World, centre: DataCentre, organisation: Organisation, invoice: Record, by: Record, text: str
) -> None:
    world.modify(invoice)
    history.note(
        world,
        centre,
        organisation,
        document_id=invoice["invoice_id"],
        transaction_type="invoice",
        by=by,
        description=text,
    )
