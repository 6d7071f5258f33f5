"""The client's estimates: list, one, and its PDF. Answering is in estimate_answers."""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from cache.copies.row_facets import RowFilter
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
from gateway.orders.open_orders import (
    comments_among,
    declined_among,
    latest_orders,
    open_among,
    open_answer,
    orders_on,
)
from gateway.reading.document_kinds import ESTIMATES
from gateway.reading.document_reading import read_document
from gateway.reading.list_reading import Group, read_list
from gateway.reading.offered_again import offered_again
from gateway.reading.pdf_reading import pdf_answer
from gateway.template_filters import today

bp = Blueprint("estimates", __name__)

LIST = ListKind(
    filters=(
        Choice("all", marked("All estimates")),
        Choice("waiting", marked("Waiting for you")),
        Choice("accepted", marked("Accepted")),
        Choice("declined", marked("Declined")),
        Choice("expired", marked("Expired")),
    ),
    orders=(NEWEST, OLDEST, NUMBER, LARGEST, SMALLEST),
)
GROUPS = {
    "all": Group(),
    "waiting": Group(frozenset({"sent"}), lambda day: RowFilter(not_late_on=day)),
    "accepted": Group(frozenset({"accepted", "invoiced"})),
    "declined": Group(frozenset({"declined"})),
    "expired": Group(frozenset({"expired", "sent"}), lambda day: RowFilter(late_on=day)),
}


@bp.get("/estimates")
@client_only
def listing(visit: ClientVisit) -> ResponseReturnValue:
    query = read_list_query(LIST, request.args)
    found = read_list(visit, ESTIMATES, query, GROUPS[query.filter.key])
    latest = latest_orders(visit)
    return render_template(
        "pages/estimates/list.html",
        query=query,
        found=found,
        open_orders=open_among(latest),
        declined_before=declined_among(latest),
    )


@bp.get("/estimates/<zoho_id:estimate_id>")
@client_only
def one(visit: ClientVisit, estimate_id: str) -> ResponseReturnValue:
    reading = read_document(visit, ESTIMATES, estimate_id)
    orders = orders_on(visit, estimate_id)
    return render_template(
        "pages/estimates/one.html",
        reading=reading,
        estimate=reading.document,
        why_not=reading.document.why_not_answerable(today()),
        order=open_answer(orders),
        again=offered_again(orders, reading.document, today()),
        comments=comments_among(orders),
        form_key=secrets.token_urlsafe(18),
    )


@bp.get("/estimates/<zoho_id:estimate_id>/pdf")
@client_only
def pdf(visit: ClientVisit, estimate_id: str) -> Response:
    return pdf_answer(visit, ESTIMATES, estimate_id)
