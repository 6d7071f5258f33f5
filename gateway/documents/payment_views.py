"""Payments the client made, as recorded in Zoho: list and detail."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from config.stored_messages import N_
from connectors.zoho.document_kinds import PAYMENTS
from gateway.documents.statement.refunds import refunds_of
from gateway.reading.document_reader import read_document
from gateway.reading.list_query import LARGEST, NEWEST, OLDEST, SMALLEST, Choice, ListKind, read_list_query
from gateway.reading.list_reader import Group, read_list
from gateway.reading.pdf_reader import pdf_response
from gateway.web.access import ClientVisit, client_only

bp = Blueprint("payments", __name__)

LIST = ListKind(
    filters=(Choice("all", N_("All payments")),),
    orders=(NEWEST, OLDEST, LARGEST, SMALLEST),
)
ALL = Group()


@bp.get("/payments")
@client_only
def listing(visit: ClientVisit) -> ResponseReturnValue:
    query = read_list_query(LIST, request.args)
    return render_template(
        "documents/payments/list.html", query=query, found=read_list(visit, PAYMENTS, query, ALL)
    )


@bp.get("/payments/<zoho_id:payment_id>")
@client_only
def detail(visit: ClientVisit, payment_id: str) -> ResponseReturnValue:
    reading = read_document(visit, PAYMENTS, payment_id)
    refunds = refunds_of(visit, reading.document)
    return render_template(
        "documents/payments/one.html", reading=reading, payment=reading.document, refunds=refunds
    )


@bp.get("/payments/<zoho_id:payment_id>/pdf")
@client_only
def pdf(visit: ClientVisit, payment_id: str) -> Response:
    """Zoho's receipt as PDF."""
    return pdf_response(visit, PAYMENTS, payment_id)
