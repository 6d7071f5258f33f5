"""The client's invoices: list with the type filter, one, and its PDF."""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from cache.copies.row_facets import PARTLY_PAID, UNPAID, RowFilter
from cache.records.order import OrderKind
from config.phrases import marked
from connectors.zoho.documents.invoice import OPEN
from gateway.access import ClientVisit, client_only
from gateway.ageing import BANDS
from gateway.available_credit import available_credit
from gateway.document_kinds import INVOICES
from gateway.document_reading import read_document
from gateway.forms.list_query import Choice, ListKind, Order, read_list_query
from gateway.list_reading import Group, read_list
from gateway.open_orders import comments_among, orders_on
from gateway.pdf_reading import pdf_answer
from gateway.views.payment_reports import open_report

bp = Blueprint("invoices", __name__)

LIST = ListKind(
    filters=(
        Choice("all", marked("All invoices")),
        Choice("unpaid", marked("Unpaid")),
        Choice("due", marked("Due, not overdue")),
        Choice("overdue", marked("Overdue")),
        *(Choice(band.key, band.words) for band in BANDS[1:]),
        Choice("partially_paid", marked("Partly paid")),
        Choice("paid", marked("Paid")),
        Choice("void", marked("Void")),
    ),
    orders=(
        Order("newest", marked("Newest first"), "date", True),
        Order("oldest", marked("Oldest first"), "date", False),
        Order("due", marked("Due first"), "due_date", False),
        Order("number", marked("Number"), "number", False),
        Order("largest", marked("Largest amount"), "total", True),
        Order("smallest", marked("Smallest amount"), "total", False),
    ),
    has_plans=True,
)
GROUPS = {
    "all": Group(),
    "unpaid": Group(OPEN, lambda day: RowFilter(mark=UNPAID)),
    "due": Group(OPEN, lambda day: RowFilter(mark=UNPAID, not_late_on=day)),
    "overdue": Group(OPEN, lambda day: RowFilter(mark=UNPAID, late_on=day)),
    **{band.key: Group(OPEN, band.narrowed) for band in BANDS[1:]},
    "partially_paid": Group(OPEN, lambda day: RowFilter(mark=PARTLY_PAID)),
    "paid": Group(frozenset({"paid"})),
    "void": Group(frozenset({"void"})),
}


@bp.get("/invoices")
@client_only
def listing(visit: ClientVisit) -> ResponseReturnValue:
    query = read_list_query(LIST, request.args)
    found = read_list(visit, INVOICES, query, GROUPS[query.filter.key])
    return render_template("pages/invoices/list.html", query=query, found=found)


@bp.get("/invoices/<zoho_id:invoice_id>")
@client_only
def one(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    reading, orders = read_document(visit, INVOICES, invoice_id), orders_on(visit, invoice_id)
    return render_template(
        "pages/invoices/one.html",
        reading=reading,
        invoice=reading.document,
        comments=comments_among(orders),
        form_key=secrets.token_urlsafe(18),
        report=open_report(orders),
        has_credit=visit.allows(OrderKind.APPLY_CREDIT) and bool(available_credit(visit, reading.document)),
    )


@bp.get("/invoices/<zoho_id:invoice_id>/pdf")
@client_only
def pdf(visit: ClientVisit, invoice_id: str) -> Response:
    return pdf_answer(visit, INVOICES, invoice_id)
