"""The client's subscriptions: list and detail. Offline ones are paid through the invoice
list, filtered by plan.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from config.stored_messages import N_
from connectors.zoho.document_kinds import SUBSCRIPTIONS
from connectors.zoho.documents.subscription import RUNNING_STATUSES
from gateway.reading.document_reader import read_document
from gateway.reading.latest_invoices import latest_invoices
from gateway.reading.list_query import (
    LARGEST,
    NEWEST,
    OLDEST,
    SMALLEST,
    Choice,
    ListKind,
    SortOrder,
    read_list_query,
)
from gateway.reading.list_reader import Group, read_list
from gateway.reading.plan_invoices import plan_invoices
from gateway.reading.subscription_source import subscription_kind
from gateway.requests.open_orders import orders_on
from gateway.web.access import ClientVisit, client_only

bp = Blueprint("subscriptions", __name__)

WITHOUT_AMOUNTS = ListKind(
    filters=(
        Choice("all", N_("All subscriptions")),
        Choice("running", N_("Running")),
        Choice("ended", N_("Ended")),
    ),
    orders=(NEWEST, OLDEST, SortOrder("plan", N_("Plan"), "number", False)),
)
LIST = replace(
    WITHOUT_AMOUNTS,
    orders=(*WITHOUT_AMOUNTS.orders, LARGEST, SMALLEST),
)
GROUPS = {
    "all": Group(),
    "running": Group(RUNNING_STATUSES | {"active"}),
    "ended": Group(frozenset({"cancelled", "cancelled_from_dunning", "expired", "trial_expired", "stopped"})),
}


@bp.get("/subscriptions")
@client_only
def listing(visit: ClientVisit) -> ResponseReturnValue:
    kind = subscription_kind(visit)
    if kind is None:
        abort(404)
    query = read_list_query(LIST if kind is SUBSCRIPTIONS else WITHOUT_AMOUNTS, request.args)
    # mypy cannot see that both kinds are read in the same way.
    found = read_list(visit, kind, query, GROUPS[query.filter.key])  # type: ignore[misc]
    if kind is SUBSCRIPTIONS:
        return render_template(
            "documents/subscriptions/list.html", query=query, found=found, is_billing=True, latest={}
        )
    return render_template(
        "documents/subscriptions/list.html",
        query=query,
        found=found,
        is_billing=False,
        latest=latest_invoices(visit),
    )


@bp.get("/subscriptions/<zoho_id:subscription_id>")
@client_only
def detail(visit: ClientVisit, subscription_id: str) -> ResponseReturnValue:
    kind = subscription_kind(visit)
    if kind is None:
        abort(404)
    reading = read_document(visit, kind, subscription_id)  # type: ignore[misc]
    if kind is SUBSCRIPTIONS:
        return render_template(
            "documents/subscriptions/one.html",
            reading=reading,
            subscription=reading.document,
            invoices=plan_invoices(visit, reading.document.plan_label),
            orders=orders_on(visit, subscription_id),
        )
    invoices = plan_invoices(visit, reading.document.name)
    return render_template(
        "documents/subscriptions/recurring.html",
        reading=reading,
        subscription=reading.document,
        invoices=invoices,
        newest=next(iter(invoices), None),
        orders=orders_on(visit, subscription_id),
    )
