"""What clients asked for, and what became of it: for the merchant, who confirms what needs them and has the
stuck looked at again.
"""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.orders.order import FINAL, Order, OrderState
from cache.records.orders.payment_proofs import ENDINGS
from config.stored_messages import N_, StoredMessage
from gateway.merchant.requests.forms import RejectionForm
from gateway.merchant.requests.request_page import proposal_kind, request_page
from gateway.web.access import OrganisationVisit, organisation_only
from gateway.web.posted_form import read_form
from gateway.web.services import services

bp = Blueprint("merchant_requests", __name__)

LATEST = 200
NEEDS_MERCHANT = frozenset({OrderState.NEEDS_ATTENTION, OrderState.PROPOSED})
GROUPS = {
    "all": ("All", frozenset(OrderState)),
    "yours": ("Needs you", NEEDS_MERCHANT),
    "open": ("On the way", frozenset(OrderState) - FINAL - NEEDS_MERCHANT),
    "done": ("Confirmed", frozenset({OrderState.CONFIRMED})),
    "not": ("Did not come about", FINAL - {OrderState.CONFIRMED}),
}
"""Filter in the address → its words, and the states it shows."""

APPROVED_TEXTS = {
    "payment": N_("%(name)s confirmed the payment."),
    "change": N_("%(name)s agreed to the change."),
}
REJECTED_TEXTS = {
    "payment": N_("%(name)s did not confirm the payment: %(words)s"),
    "change": N_("%(name)s did not agree to the change: %(words)s"),
}


@bp.get("/merchant/<org_key:org>/requests")
@organisation_only
def listing(visit: OrganisationVisit) -> ResponseReturnValue:
    """show: a key of GROUPS; anything else shows all."""
    show = request.args.get("show", "all")
    _, states = GROUPS.get(show, GROUPS["all"])
    orders = services().orders.of_org(visit.org, LATEST)
    return render_template(
        "merchant/requests/list.html",
        orders=[order for order in orders if order.state in states],
        groups=GROUPS,
        show=show if show in GROUPS else "all",
        latest=LATEST if len(orders) == LATEST else 0,
    )


@bp.get("/merchant/<org_key:org>/requests/<order_id:order_id>")
@organisation_only
def detail(visit: OrganisationVisit, order_id: str) -> ResponseReturnValue:
    return request_page(services().orders.get(visit.org, order_id) or abort(404))


@bp.get("/merchant/<org_key:org>/requests/<order_id:order_id>/proof")
@organisation_only
def proof(visit: OrganisationVisit, order_id: str) -> Response:
    """The file that came with a reported payment, as a download and never as a page."""
    found = services().payment_proofs.get(visit.org, order_id) or abort(404)
    answer = Response(found.content, mimetype=found.kind)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{order_id}.{ENDINGS[found.kind]}")
    return answer


@bp.post("/merchant/<org_key:org>/requests/<order_id:order_id>/confirm")
@organisation_only
def confirm(visit: OrganisationVisit, order_id: str) -> ResponseReturnValue:
    """The merchant has found the payment, or agrees to the change: Zoho is told, once. Pressed twice, or too
    late: nothing more happens.
    """
    order = services().orders.get(visit.org, order_id) or abort(404)
    what = proposal_kind(order)
    not_after = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=services().settings.order_time_limit)
    if services().orders.approve(
        visit.org,
        order_id,
        message=StoredMessage(APPROVED_TEXTS[what], name=visit.merchant.name),
        not_after=not_after,
    ):
        _log_activity(visit, order, f"{what}_confirmed")
        services().job_queue.enqueue_order(visit.org, order_id)
    return redirect(url_for("merchant_requests.detail", org=visit.org, order_id=order_id), code=303)


@bp.post("/merchant/<org_key:org>/requests/<order_id:order_id>/turn-down")
@organisation_only
def reject(visit: OrganisationVisit, order_id: str) -> ResponseReturnValue:
    """The merchant has not found it, or does not agree, and says so to the client."""
    order = services().orders.get(visit.org, order_id) or abort(404)
    posted = read_form(RejectionForm(), request.form)
    if posted.errors:
        return make_response(request_page(order, error=posted.errors["words"]), 422)
    what = proposal_kind(order)
    message = StoredMessage(REJECTED_TEXTS[what], name=visit.merchant.name, words=posted.values["words"])
    if services().orders.reject(visit.org, order_id, message=message):
        _log_activity(visit, order, f"{what}_turned_down")
    return redirect(url_for("merchant_requests.detail", org=visit.org, order_id=order_id), code=303)


@bp.post("/merchant/<org_key:org>/requests/<order_id:order_id>/retry")
@organisation_only
def retry(visit: OrganisationVisit, order_id: str) -> ResponseReturnValue:
    """Looked at again at once; what may have been sent is read first, never repeated blindly. Too late:
    nothing happens.
    """
    if services().orders.get(visit.org, order_id) is None:
        abort(404)
    if services().orders.retry(
        visit.org,
        order_id,
        message=StoredMessage("%(name)s asked for another try.", name=visit.merchant.name),
    ):
        services().activity.append(visit.org, visit.merchant.id, "request_retried", {"request": order_id})
        services().job_queue.enqueue_order(visit.org, order_id)
    return redirect(url_for("merchant_requests.detail", org=visit.org, order_id=order_id), code=303)


def _log_activity(visit: OrganisationVisit, order: Order, event: str) -> None:
    services().activity.append(visit.org, visit.merchant.id, event, order.activity_fields)
