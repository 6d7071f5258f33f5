"""`/creditnotes` (zoho.md 4.7)."""

from __future__ import annotations

from flask import Response, request

from sandbox.books.blueprint import books
from sandbox.books.caller import Call, needs
from sandbox.books.envelope import pdf_answer, success
from sandbox.books.list_filters import Listing
from sandbox.books.listing import page_of
from sandbox.books.record_fields import address, amount, currency_fields, dated, line_items, stamps
from sandbox.document_pdf import credit_note_pages
from sandbox.generated.listed_records import written_of
from sandbox.pdf_writer import write_pdf
from sandbox.refusals import not_found
from sandbox.world import Organisation, Record

LINE = ("item_id", "description", "name", "quantity", "tax_id", "product_type")

LISTING = Listing(
    kind="credit_notes",
    key="creditnotes",
    report_name="Credit Notes",
    status=lambda one: str(one["status"]),
    exact_filters=("customer_id", "creditnote_number", "reference_number"),
    line_filters={"item_id": "item_id", "item_name": "name", "item_description": "description"},
    searched=("creditnote_number", "reference_number", "customer_name"),
    columns=("customer_name", "creditnote_number", "date", "total", "created_time"),
)


@books.get("/creditnotes")
@needs("creditnotes.READ")
def list_credit_notes(call: Call) -> Response:
    return success(
        **page_of(call.organisation, LISTING, request.args, lambda one: _row(call.organisation, one))
    )


@books.get("/creditnotes/<creditnote_id>")
@needs("creditnotes.READ")
def get_credit_note(call: Call, creditnote_id: str) -> Response:
    note = call.organisation.credit_notes.get(creditnote_id)
    if note is None:
        raise not_found()
    if request.args.get("accept") == "pdf":
        number = note["creditnote_number"]
        return pdf_answer(write_pdf(credit_note_pages(call.organisation, note), number), number)
    return success(creditnote=credit_note_detail(call.organisation, note))


def credit_note_detail(organisation: Organisation, note: Record) -> Record:
    """The detail of one credit note, with the invoices it was applied to."""
    used = [
        {
            "invoice_id": invoice["invoice_id"],
            "invoice_number": invoice["invoice_number"],
            "amount": credit["amount_applied"],
        }
        for invoice in written_of(organisation.invoices)
        for credit in invoice["credits"]
        if credit["creditnote_id"] == note["creditnote_id"]
    ]
    return {
        **_shared(organisation, note),
        "line_items": [{name: line[name] for name in LINE} for line in line_items(organisation, note)],
        "invoices": used,
        "taxes": note["taxes"],
        "notes": note["notes"],
        "terms": note["terms"],
        "billing_address": address(note["billing_address"]),
        "shipping_address": address(note["shipping_address"]),
        "updated_time": stamps(organisation, note)["last_modified_time"],
        "custom_fields": [],
    }


def _row(organisation: Organisation, note: Record) -> Record:
    return {
        **_shared(organisation, note),
        **currency_fields(organisation, note),
        "is_emailed": note["status"] != "draft",
        "last_modified_time": stamps(organisation, note)["last_modified_time"],
    }


def _shared(organisation: Organisation, note: Record) -> Record:
    currency = organisation.currencies[note["currency_code"]]
    return {
        "creditnote_id": note["creditnote_id"],
        "creditnote_number": note["creditnote_number"],
        "status": note["status"],
        "reference_number": note["reference_number"],
        **dated(organisation, note, "date"),
        **amount(organisation, note, "total"),
        **amount(organisation, note, "balance"),
        "currency_code": note["currency_code"],
        "currency_symbol": currency["currency_symbol"],
        "price_precision": currency["price_precision"],
        "customer_id": note["customer_id"],
        "customer_name": note["customer_name"],
        "location_id": "",
        "location_name": "",
        "created_time": stamps(organisation, note)["created_time"],
    }
