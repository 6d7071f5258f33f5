"""The client's estimates: list, detail, and PDF. Answers are in gateway/answers."""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from cache.copies.mirror.row_facets import RowFilter
from config.stored_messages import N_
from connectors.zoho.document_kinds import ESTIMATES
from gateway.documents.reoffered_estimate import reoffered
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
from gateway.requests.open_orders import (
    comments_among,
    declined_among,
    latest_orders,
    open_among,
    open_answer,
    orders_on,
)
from gateway.web.access import ClientVisit, client_only
from gateway.web.template_filters import today

bp = Blueprint("estimates", __name__)

LIST = ListKind(
    filters=(
        Choice("all", N_("All estimates")),
        Choice("waiting", N_("Waiting for you")),
        Choice("accepted", N_("Accepted")),
        Choice("declined", N_("Declined")),
        Choice("expired", N_("Expired")),
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
        "documents/estimates/list.html",
        query=query,
        found=found,
        open_orders=open_among(latest),
        declined_before=declined_among(latest),
    )


@bp.get("/estimates/<zoho_id:estimate_id>")
@client_only
def detail(visit: ClientVisit, estimate_id: str) -> ResponseReturnValue:
    reading = read_document(visit, ESTIMATES, estimate_id)
    orders = orders_on(visit, estimate_id)
    return render_template(
        "documents/estimates/one.html",
        reading=reading,
        estimate=reading.document,
        refusal_reason=reading.document.unanswerable_reason(today()),
        order=open_answer(orders),
        reoffered=reoffered(orders, reading.document, today()),
        comments=comments_among(orders),
        form_key=secrets.token_urlsafe(18),
    )


@bp.get("/estimates/<zoho_id:estimate_id>/pdf")
@client_only
def pdf(visit: ClientVisit, estimate_id: str) -> Response:
    return pdf_response(visit, ESTIMATES, estimate_id)
