"""Credit notes: list, detail with how each was used, and PDF."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from config.stored_messages import N_
from connectors.zoho.document_kinds import CREDIT_NOTES
from gateway.documents.statement.refunds import refunds_of
from gateway.reading.document_reader import read_document
from gateway.reading.list_query import (
    LARGEST,
    NEWEST,
    NUMBER,
    OLDEST,
    SMALLEST,
    Choice,
    ListKind,
    read_list_query,
)
from gateway.reading.list_reader import Group, read_list
from gateway.reading.pdf_reader import pdf_response
from gateway.web.access import ClientVisit, client_only

bp = Blueprint("credit_notes", __name__)

LIST = ListKind(
    filters=(
        Choice("all", N_("All credit notes")),
        Choice("open", N_("With credit left")),
        Choice("closed", N_("Used up")),
        Choice("void", N_("Void")),
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
    return render_template("documents/credit_notes/list.html", query=query, found=found)


@bp.get("/credit-notes/<zoho_id:creditnote_id>")
@client_only
def detail(visit: ClientVisit, creditnote_id: str) -> ResponseReturnValue:
    reading = read_document(visit, CREDIT_NOTES, creditnote_id)
    refunds = refunds_of(visit, reading.document)
    return render_template(
        "documents/credit_notes/one.html", reading=reading, note=reading.document, refunds=refunds
    )


@bp.get("/credit-notes/<zoho_id:creditnote_id>/pdf")
@client_only
def pdf(visit: ClientVisit, creditnote_id: str) -> Response:
    return pdf_response(visit, CREDIT_NOTES, creditnote_id)
