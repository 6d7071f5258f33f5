"""`/invoices` (zoho.md 4.5, 5.2)."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request

from sandbox import invoice_lifecycle
from sandbox.applied_payments import payments_on
from sandbox.balances import balance_of, invoice_status
from sandbox.books import document_comments
from sandbox.books.blueprint import books
from sandbox.books.caller import Call, needs
from sandbox.books.contact_records import primary_person
from sandbox.books.envelope import pdf_answer, success
from sandbox.books.invoice_records import invoice_detail, invoice_row
from sandbox.books.list_filters import Listing
from sandbox.books.listing import page_of
from sandbox.books.payment_records import online_of
from sandbox.document_pdf import invoice_pages
from sandbox.pdf_writer import write_pdf
from sandbox.refusals import invalid_value, not_found
from sandbox.runtime import place
from sandbox.times import zoho_time
from sandbox.wording import say
from sandbox.world import DataCentre, Organisation, Record, World

MOST_PDFS = 25
LINE_FILTERS = {"item_id": "item_id", "item_name": "name", "item_description": "description"}


@books.get("/invoices")
@needs("invoices.READ")
def list_invoices(call: Call) -> Response:
    today, listing = (
        call.world.today(call.organisation).isoformat(),
        invoice_listing(call.world, call.organisation),
    )

    def row(invoice: Record) -> Record:
        return invoice_row(call.organisation, invoice, today, place().origin)

    return success(**page_of(call.organisation, listing, request.args, row))


def invoice_listing(world: World, organisation: Organisation) -> Listing:
    """`status=unpaid` is a group: everything issued with a balance (zoho.md 5.2)."""
    today = world.today(organisation).isoformat()
    return Listing(
        kind="invoices",
        key="invoices",
        report_name="Invoices",
        status=lambda one: invoice_status(one, today),
        status_filters={
            "unpaid": lambda one, status: status not in ("draft", "void", "paid") and balance_of(one) > 0
        },
        exact_filters=("customer_id", "invoice_number", "reference_number", "recurring_invoice_id"),
        number_filters=("total", "balance"),
        date_filters=("date", "due_date", "created_date"),
        line_filters=LINE_FILTERS,
        computed={
            "balance": balance_of,
            "created_date": lambda one: zoho_time(one["created"], organisation.time_zone)[:10],
            "email": lambda one: primary_person(organisation.contacts[one["customer_id"]])["email"],
        },
        searched=("invoice_number", "reference_number", "customer_name"),
        columns=("customer_name", "invoice_number", "date", "due_date", "total", "balance", "created_time"),
        text_filters=("customer_name", "email"),
        day=today,
        fleeting=("email", "email_startswith", "email_contains"),
    )


@books.get("/invoices/pdf")
@needs("invoices.READ")
def bulk_export_invoices_as_pdf(call: Call) -> Response:
    """Several invoices in one file, at most 25."""
    ids = [part for part in request.args.get("invoice_ids", "").split(",") if part]
    if not 0 < len(ids) <= MOST_PDFS:
        raise invalid_value("invoice_ids")
    pages = [
        page for record_id in ids for page in invoice_pages(call.organisation, invoice_of(call, record_id))
    ]
    return pdf_answer(write_pdf(pages, "Invoices"), "invoices")


@books.get("/invoices/<invoice_id>")
@needs("invoices.READ")
def get_invoice(call: Call, invoice_id: str) -> Response:
    invoice = invoice_of(call, invoice_id)
    if request.args.get("accept") == "pdf":
        number = invoice["invoice_number"]
        return pdf_answer(write_pdf(invoice_pages(call.organisation, invoice), number), number)
    today = call.world.today(call.organisation).isoformat()
    return success(invoice=invoice_detail(call.organisation, invoice, today, place().origin))


@books.get("/invoices/<invoice_id>/payments")
@needs("invoices.READ")
def list_invoice_payments(call: Call, invoice_id: str) -> Response:
    invoice_of(call, invoice_id)
    found = [
        {
            "payment_id": payment["payment_id"],
            "payment_number": payment["payment_number"],
            "invoice_id": invoice_id,
            "invoice_payment_id": part["invoice_payment_id"],
            "payment_mode": payment["payment_mode"],
            "description": payment["description"],
            "date": payment["date"],
            "reference_number": payment["reference_number"],
            "exchange_rate": 1,
            "amount": part["amount_applied"],
            "tax_amount_withheld": 0,
            "online_transaction_id": online_of(payment)["transaction_id"],
            "is_single_invoice_payment": len(payment["invoices"]) == 1,
        }
        for payment in payments_on(call.organisation, invoice_id)
        for part in payment["invoices"]
        if part["invoice_id"] == invoice_id
    ]
    return success(payments=found)


@books.post("/invoices/<invoice_id>/status/sent")
@needs("invoices.CREATE")
def mark_invoice_sent(call: Call, invoice_id: str) -> Response:
    return _change(call, invoice_id, invoice_lifecycle.mark_sent, "invoice_sent")


@books.post("/invoices/<invoice_id>/status/void")
@needs("invoices.CREATE")
def mark_invoice_void(call: Call, invoice_id: str) -> Response:
    return _change(call, invoice_id, invoice_lifecycle.void, "invoice_void")


@books.post("/invoices/<invoice_id>/status/draft")
@needs("invoices.CREATE")
def mark_invoice_draft(call: Call, invoice_id: str) -> Response:
    return _change(call, invoice_id, invoice_lifecycle.back_to_draft, "invoice_draft")


@books.get("/invoices/<invoice_id>/comments")
@needs("invoices.READ")
def list_invoice_comments(call: Call, invoice_id: str) -> Response:
    return document_comments.comments_response(call, invoice_of(call, invoice_id)["invoice_id"], "invoice")


@books.post("/invoices/<invoice_id>/comments")
@needs("invoices.CREATE")
def add_invoice_comment(call: Call, invoice_id: str) -> Response:
    return document_comments.add_comment(call, invoice_of(call, invoice_id)["invoice_id"], "invoice")


def invoice_of(call: Call, invoice_id: str) -> Record:
    """The invoice, or Refused 1002."""
    try:
        return call.organisation.invoices[invoice_id]
    except KeyError:
        raise not_found() from None


def _change(
    call: Call,
    invoice_id: str,
    action: Callable[[World, DataCentre, Organisation, Record, Record], None],
    wording: str,
) -> Response:
    action(call.world, call.centre, call.organisation, invoice_of(call, invoice_id), call.user)
    return success(say(call.organisation.language, wording))
