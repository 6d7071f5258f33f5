"""What clients asked for, and what became of it: for the merchant, who may have a stuck request looked at again."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cache.records.order import FINAL, OrderState
from gateway.access import OrganisationVisit, organisation_only
from gateway.wiring import wired

bp = Blueprint("merchant_requests", __name__)

LATEST = 200
MAY_RETRY = frozenset({OrderState.NEEDS_ATTENTION, OrderState.WAITING})


@bp.get("/merchant/<org_key:org>/requests")
@organisation_only
def listing(visit: OrganisationVisit) -> ResponseReturnValue:
    return render_template("pages/merchant/requests.html", orders=wired().orders.of_org(visit.org, LATEST))


@bp.get("/merchant/<org_key:org>/requests/<order_id:order_id>")
@organisation_only
def one(visit: OrganisationVisit, order_id: str) -> ResponseReturnValue:
    order = wired().orders.get(visit.org, order_id) or abort(404)
    return render_template(
        "pages/merchant/request.html", order=order, may_retry=order.state in MAY_RETRY, is_open=order.state not in FINAL
    )


@bp.post("/merchant/<org_key:org>/requests/<order_id:order_id>/retry")
@organisation_only
def retry(visit: OrganisationVisit, order_id: str) -> ResponseReturnValue:
    """Looked at again at once; what may have been sent is read first, never repeated blindly. Too late: nothing happens."""
    if wired().orders.get(visit.org, order_id) is None:
        abort(404)
    if wired().orders.retry(visit.org, order_id, words=f"{visit.merchant.name} asked for another try."):
        wired().activity.append(visit.org, visit.merchant.id, "request_retried", {"request": order_id})
        wired().doorbell.ring_order(visit.org, order_id)
    return redirect(url_for("merchant_requests.one", org=visit.org, order_id=order_id), code=303)
