"""The actions on an invoice and the resulting statuses (zoho.md 5.2)."""

from __future__ import annotations

from collections.abc import Iterable

from sandbox import history
from sandbox.amounts import exact, json_number
from sandbox.applied_payments import payments_on
from sandbox.drafting import common_fields, copied_lines
from sandbox.refusals import Refused
from sandbox.totals import work_out
from sandbox.wording import say
from sandbox.world import DataCentre, Organisation, Record, World


def blank_invoice(
    centre: DataCentre,
    organisation: Organisation,
    *,
    customer_id: str,
    status: str,
    date: str,
    due_date: str,
    lines: list[Record],
    reference: str,
    notes: str,
    terms: str,
    at: int,
) -> Record:
    """A complete unpaid invoice, added to its organisation; `at` is its creation time, in seconds
    since 1970.
    """
    invoice = {
        "invoice_id": centre.new_id(),
        "invoice_number": organisation.next_number("invoice", "INV-"),
        "status": status,
        "date": date,
        "due_date": due_date,
        "payment_made": 0,
        "credits_applied": 0,
        "write_off_amount": 0,
        "last_payment_date": "",
        "credits": [],
        "estimate_id": "",
        "recurring_invoice_id": "",
        "allow_partial_payments": organisation.settings["allow_partial_payments"],
        "ach_payment_initiated": False,
        "documents": [],
        **common_fields(
            organisation, customer_id, lines=lines, reference=reference, notes=notes, terms=terms, at=at
        ),
    }
    work_out(invoice, organisation.precision(invoice["currency_code"]))
    organisation.invoices[invoice["invoice_id"]] = invoice
    return invoice


def new_invoice(
    world: World,
    centre: DataCentre,
    organisation: Organisation,
    by: Record,
    *,
    customer_id: str,
    status: str,
    date: str,
    due_date: str,
    lines: Iterable[Record],
    notes: str,
    terms: str,
    estimate_id: str = "",
    reference: str = "",
) -> Record:
    """A new invoice, draft or sent; an estimate's lines are copied."""
    invoice = blank_invoice(
        centre,
        organisation,
        customer_id=customer_id,
        status=status,
        date=date,
        due_date=due_date,
        lines=copied_lines(centre, lines),
        reference=reference,
        notes=notes,
        terms=terms,
        at=world.clock.seconds(),
    )
    invoice["estimate_id"] = estimate_id
    _note(world, centre, organisation, invoice, by, f"Invoice {invoice['invoice_number']} created")
    return invoice


def edit_invoice(
    world: World, centre: DataCentre, organisation: Organisation, by: Record, invoice: Record, changes: Record
) -> None:
    """Change fields; totals are recalculated."""
    invoice.update(changes)
    work_out(invoice, organisation.precision(invoice["currency_code"]))
    _note(world, centre, organisation, invoice, by, f"Invoice {invoice['invoice_number']} updated")


def mark_sent(
    world: World, centre: DataCentre, organisation: Organisation, invoice: Record, by: Record
) -> None:
    """draft → sent; harmless on an open one."""
    if invoice["status"] == "draft":
        invoice["status"] = "sent"
        _note(world, centre, organisation, invoice, by, f"Invoice {invoice['invoice_number']} marked as sent")


def void(world: World, centre: DataCentre, organisation: Organisation, invoice: Record, by: Record) -> None:
    """Any → void. Payments and credits on it become the customer's unused credit. Voiding twice succeeds."""
    if invoice["status"] == "void":
        return
    for payment in payments_on(organisation, invoice["invoice_id"]):
        payment["invoices"] = [
            item for item in payment["invoices"] if item["invoice_id"] != invoice["invoice_id"]
        ]
        world.modify(payment)
    for credit in invoice["credits"]:
        credit_note = organisation.credit_notes[credit["creditnote_id"]]
        credit_note["balance"] = json_number(
            exact(credit_note["balance"]) + exact(credit["amount_applied"]),
            organisation.precision(credit_note["currency_code"]),
        )
        credit_note["status"] = "open"
        world.modify(credit_note)
    invoice.update(status="void", payment_made=0, credits_applied=0, credits=[])
    _note(world, centre, organisation, invoice, by, f"Invoice {invoice['invoice_number']} marked as void")


def back_to_draft(
    world: World, centre: DataCentre, organisation: Organisation, invoice: Record, by: Record
) -> None:
    """void → draft. Raises Refused for anything else."""
    if invoice["status"] != "void":
        raise Refused(1004, say(organisation.language, "invoice_cannot_draft"))
    invoice["status"] = "draft"
    _note(world, centre, organisation, invoice, by, f"Invoice {invoice['invoice_number']} converted to draft")


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
