"""Payments the client made, as Zoho recorded them: list and one."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from config.phrases import marked
from gateway.access import ClientVisit, client_only
from gateway.forms.list_query import LARGEST, NEWEST, OLDEST, SMALLEST, Choice, ListKind, read_list_query
from gateway.reading.document_kinds import PAYMENTS
from gateway.reading.document_reading import read_document
from gateway.reading.list_reading import Group, read_list
from gateway.reading.pdf_reading import pdf_answer
from gateway.statement.refund_reading import refunds_of

bp = Blueprint("payments", __name__)

LIST = ListKind(
    filters=(Choice("all", marked("All payments")),),
    orders=(NEWEST, OLDEST, LARGEST, SMALLEST),
)
ALL = Group()


@bp.get("/payments")
@client_only
def listing(visit: ClientVisit) -> ResponseReturnValue:
    query = read_list_query(LIST, request.args)
    return render_template(
        "pages/payments/list.html", query=query, found=read_list(visit, PAYMENTS, query, ALL)
    )


@bp.get("/payments/<zoho_id:payment_id>")
@client_only
def one(visit: ClientVisit, payment_id: str) -> ResponseReturnValue:
    reading = read_document(visit, PAYMENTS, payment_id)
    refunds = refunds_of(visit, reading.document)
    return render_template(
        "pages/payments/one.html", reading=reading, payment=reading.document, refunds=refunds
    )


@bp.get("/payments/<zoho_id:payment_id>/pdf")
@client_only
def pdf(visit: ClientVisit, payment_id: str) -> Response:
    """Zoho's receipt."""
    return pdf_answer(visit, PAYMENTS, payment_id)
