"""What clients asked for, and what became of it: for the merchant, who confirms what needs them and has the
stuck looked at again.
"""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.order import FINAL, Order, OrderState
from cache.records.payment_proofs import ENDINGS
from config.phrases import Phrase, marked
from gateway.access import OrganisationVisit, organisation_only
from gateway.forms.merchant_answer import TurnDownForm
from gateway.forms.posted_form import read_form
from gateway.merchant.request_pages import proposal, request_page
from gateway.wiring import wired

bp = Blueprint("merchant_requests", __name__)

LATEST = 200
NEED_THE_MERCHANT = frozenset({OrderState.NEEDS_ATTENTION, OrderState.PROPOSED})
GROUPS = {
    "all": ("All", frozenset(OrderState)),
    "yours": ("Needs you", NEED_THE_MERCHANT),
    "open": ("On the way", frozenset(OrderState) - FINAL - NEED_THE_MERCHANT),
    "done": ("Confirmed", frozenset({OrderState.CONFIRMED})),
    "not": ("Did not come about", FINAL - {OrderState.CONFIRMED}),
}
"""Filter in the address → its words, and the states it shows."""

SAID_YES = {
    "payment": marked("%(name)s confirmed the payment."),
    "change": marked("%(name)s agreed to the change."),
}
SAID_NO = {
    "payment": marked("%(name)s did not confirm the payment: %(words)s"),
    "change": marked("%(name)s did not agree to the change: %(words)s"),
}


@bp.get("/merchant/<org_key:org>/requests")
@organisation_only
def listing(visit: OrganisationVisit) -> ResponseReturnValue:
    """show: a key of GROUPS; anything else shows all."""
    show = request.args.get("show", "all")
    _, states = GROUPS.get(show, GROUPS["all"])
    orders = wired().orders.of_org(visit.org, LATEST)
    return render_template(
        "pages/merchant/requests.html",
        orders=[one for one in orders if one.state in states],
        groups=GROUPS,
        show=show if show in GROUPS else "all",
        latest=LATEST if len(orders) == LATEST else 0,
    )


@bp.get("/merchant/<org_key:org>/requests/<order_id:order_id>")
@organisation_only
def one(visit: OrganisationVisit, order_id: str) -> ResponseReturnValue:
    return request_page(wired().orders.get(visit.org, order_id) or abort(404))


@bp.get("/merchant/<org_key:org>/requests/<order_id:order_id>/proof")
@organisation_only
def proof(visit: OrganisationVisit, order_id: str) -> Response:
    """The file that came with a reported payment, as a download and never as a page."""
    found = wired().payment_proofs.get(visit.org, order_id) or abort(404)
    answer = Response(found.content, mimetype=found.kind)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{order_id}.{ENDINGS[found.kind]}")
    return answer


@bp.post("/merchant/<org_key:org>/requests/<order_id:order_id>/confirm")
@organisation_only
def confirm(visit: OrganisationVisit, order_id: str) -> ResponseReturnValue:
    """The merchant has found the payment, or agrees to the change: Zoho is told, once. Pressed twice, or too
    late: nothing more happens.
    """
    order = wired().orders.get(visit.org, order_id) or abort(404)
    what = proposal(order)
    not_after = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=wired().settings.order_patience)
    if wired().orders.agree(
        visit.org, order_id, words=Phrase(SAID_YES[what], name=visit.merchant.name), not_after=not_after
    ):
        _note(visit, order, f"{what}_confirmed")
        wired().doorbell.ring_order(visit.org, order_id)
    return redirect(url_for("merchant_requests.one", org=visit.org, order_id=order_id), code=303)


@bp.post("/merchant/<org_key:org>/requests/<order_id:order_id>/turn-down")
@organisation_only
def turn_down(visit: OrganisationVisit, order_id: str) -> ResponseReturnValue:
    """The merchant has not found it, or does not agree, and says so to the client."""
    order = wired().orders.get(visit.org, order_id) or abort(404)
    posted = read_form(TurnDownForm(), request.form)
    if posted.errors:
        return make_response(request_page(order, error=posted.errors["words"]), 422)
    what = proposal(order)
    words = Phrase(SAID_NO[what], name=visit.merchant.name, words=posted.values["words"])
    if wired().orders.turn_down(visit.org, order_id, words=words):
        _note(visit, order, f"{what}_turned_down")
    return redirect(url_for("merchant_requests.one", org=visit.org, order_id=order_id), code=303)


@bp.post("/merchant/<org_key:org>/requests/<order_id:order_id>/retry")
@organisation_only
def retry(visit: OrganisationVisit, order_id: str) -> ResponseReturnValue:
    """Looked at again at once; what may have been sent is read first, never repeated blindly. Too late:
    nothing happens.
    """
    if wired().orders.get(visit.org, order_id) is None:
        abort(404)
    if wired().orders.retry(
        visit.org, order_id, words=Phrase("%(name)s asked for another try.", name=visit.merchant.name)
    ):
        wired().activity.append(visit.org, visit.merchant.id, "request_retried", {"request": order_id})
        wired().doorbell.ring_order(visit.org, order_id)
    return redirect(url_for("merchant_requests.one", org=visit.org, order_id=order_id), code=303)


def _note(visit: OrganisationVisit, order: Order, event: str) -> None:
    wired().activity.append(visit.org, visit.merchant.id, event, order.named)
