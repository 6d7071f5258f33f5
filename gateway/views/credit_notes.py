"""Credit notes: list, one with what was made of it, and its PDF."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from config.phrases import marked
from gateway.access import ClientVisit, client_only
from gateway.forms.list_query import (
    LARGEST,
    NEWEST,
    NUMBER,
    OLDEST,
    SMALLEST,
    Choice,
    ListKind,
    read_list_query,
)
from gateway.reading.document_kinds import CREDIT_NOTES
from gateway.reading.document_reading import read_document
from gateway.reading.list_reading import Group, read_list
from gateway.reading.pdf_reading import pdf_answer
from gateway.statement.refund_reading import refunds_of

bp = Blueprint("credit_notes", __name__)

LIST = ListKind(
    filters=(
        Choice("all", marked("All credit notes")),
        Choice("open", marked("With credit left")),
        Choice("closed", marked("Used up")),
        Choice("void", marked("Void")),
    ),
    orders=(NEWEST, OLDEST, NUMBER, LARGEST, SMALLEST),
)
GROUPS = {
    "all": Group(),
    "open": Group(frozenset({"open"})),
    "closed": Group(frozenset({"closed"})),
    "void": Group(frozenset({"void"})),
}


@bp.get("/credit-notes")
@client_only
def listing(visit: ClientVisit) -> ResponseReturnValue:
    query = read_list_query(LIST, request.args)
    found = read_list(visit, CREDIT_NOTES, query, GROUPS[query.filter.key])
    return render_template("pages/credit_notes/list.html", query=query, found=found)


@bp.get("/credit-notes/<zoho_id:creditnote_id>")
@client_only
def one(visit: ClientVisit, creditnote_id: str) -> ResponseReturnValue:
    reading = read_document(visit, CREDIT_NOTES, creditnote_id)
    refunds = refunds_of(visit, reading.document)
    return render_template(
        "pages/credit_notes/one.html", reading=reading, note=reading.document, refunds=refunds
    )


@bp.get("/credit-notes/<zoho_id:creditnote_id>/pdf")
@client_only
def pdf(visit: ClientVisit, creditnote_id: str) -> Response:
    return pdf_answer(visit, CREDIT_NOTES, creditnote_id)
