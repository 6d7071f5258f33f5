"""The client's invoices: list with type filter, detail, and PDF."""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from cache.copies.mirror.row_facets import PARTLY_PAID, UNPAID, RowFilter
from cache.records.orders.order import OrderKind
from config.stored_messages import N_
from connectors.zoho.document_kinds import INVOICES
from connectors.zoho.documents.invoice import OPEN_STATUSES
from gateway.documents.ageing import BANDS
from gateway.documents.invoice_history import history_of
from gateway.paying.available_credit import available_credit
from gateway.paying.payment_reports import open_report
from gateway.paying.payment_status import payment_status_of
from gateway.reading.chosen_documents import ChosenDocuments, read_chosen_documents
from gateway.reading.document_reader import read_document
from gateway.reading.invoice_settlement import read_settlement
from gateway.reading.list_query import (
    LARGEST,
    NEWEST,
    NUMBER,
    OLDEST,
    SMALLEST,
    Choice,
    ListKind,
    ListQuery,
    SortOrder,
    read_list_query,
)
from gateway.reading.list_reader import Group, read_list
from gateway.reading.list_totals import sums_of
from gateway.reading.pdf_bundle import MAX_PDFS, bundle_of, bundled_invoices
from gateway.reading.pdf_reader import pdf_response
from gateway.requests.open_orders import comments_among, orders_on
from gateway.web.access import ClientVisit, client_only
from gateway.web.template_filters import today

bp = Blueprint("invoices", __name__)

LIST = ListKind(
    filters=(
        Choice("all", N_("All invoices")),
        Choice("unpaid", N_("Unpaid")),
        Choice("due", N_("Due, not overdue")),
        Choice("overdue", N_("Overdue")),
        *(Choice(band.key, band.label) for band in BANDS[1:]),
        Choice("partially_paid", N_("Partly paid")),
        Choice("paid", N_("Paid")),
        Choice("void", N_("Void")),
    ),
    orders=(
        NEWEST,
        OLDEST,
        SortOrder("due", N_("Due first"), "due_date", False),
        NUMBER,
        LARGEST,
        SMALLEST,
    ),
    has_plans=True,
)
GROUPS = {
    "all": Group(),
    "unpaid": Group(OPEN_STATUSES, lambda day: RowFilter(mark=UNPAID)),
    "due": Group(OPEN_STATUSES, lambda day: RowFilter(mark=UNPAID, not_late_on=day)),
    "overdue": Group(OPEN_STATUSES, lambda day: RowFilter(mark=UNPAID, late_on=day)),
    **{band.key: Group(OPEN_STATUSES, band.narrowed) for band in BANDS[1:]},
    "partially_paid": Group(OPEN_STATUSES, lambda day: RowFilter(mark=PARTLY_PAID)),
    "paid": Group(frozenset({"paid"})),
    "void": Group(frozenset({"void"})),
}


@bp.get("/invoices")
@client_only
def listing(visit: ClientVisit) -> ResponseReturnValue:
    query = read_list_query(LIST, request.args)
    return _list(visit, query)


@bp.get("/invoices/download")
@client_only
def download(visit: ClientVisit) -> ResponseReturnValue:
    """The selected invoices' PDFs in one file. Errors are shown on the list, with its state kept."""
    chosen = read_chosen_documents(request.args, MAX_PDFS)
    if chosen is None:
        abort(404)
    if chosen.error:
        return _list(visit, read_list_query(LIST, request.args), chosen), 422
    content = bundle_of(visit, bundled_invoices(visit, chosen.ids))
    response = Response(content, mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=f"Invoices-{today()}.zip")
    return response


@bp.get("/invoices/<zoho_id:invoice_id>")
@client_only
def detail(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    reading, orders = read_document(visit, INVOICES, invoice_id), orders_on(visit, invoice_id)
    payment_status = payment_status_of(visit, reading.document)
    settled = read_settlement(visit, reading.document, may_fetch=not reading.is_stale)
    return render_template(
        "documents/invoices/one.html",
        reading=reading,
        invoice=reading.document,
        settled=settled,
        history=history_of(visit, reading.document, settled, orders),
        comments=comments_among(orders),
        form_key=secrets.token_urlsafe(18),
        report=open_report(orders),
        has_credit=visit.allows(OrderKind.APPLY_CREDIT)
        and payment_status.may_use_credit
        and bool(available_credit(visit, reading.document)),
    )


def _list(visit: ClientVisit, query: ListQuery, chosen: ChosenDocuments | None = None) -> str:
    group = GROUPS[query.filter.key]
    found = read_list(visit, INVOICES, query, group)
    sums = sums_of(visit, query, group, found)
    return render_template(
        "documents/invoices/list.html", query=query, found=found, sums=sums, chosen=chosen, most_pdfs=MAX_PDFS
    )


@bp.get("/invoices/<zoho_id:invoice_id>/pdf")
@client_only
def pdf(visit: ClientVisit, invoice_id: str) -> Response:
    return pdf_response(visit, INVOICES, invoice_id)
