"""The merchant writes back under the document that a client commented on or answered."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from gateway.comments.forms import CommentForm
from gateway.merchant.requests.comments import record_comment
from gateway.merchant.requests.request_page import request_page
from gateway.requests.order_kinds import ORDER_PAGES
from gateway.web.access import OrganisationVisit, organisation_only
from gateway.web.posted_form import read_form
from gateway.web.services import services

bp = Blueprint("merchant_comments", __name__)


@bp.post("/merchant/<org_key:org>/requests/<order_id:order_id>/comment")
@organisation_only
def write(visit: OrganisationVisit, order_id: str) -> ResponseReturnValue:
    """Recorded, and shown among the requests until it stands in Zoho. What cannot be taken comes back as it
    was typed.
    """
    order = services().orders.get(visit.org, order_id) or abort(404)
    if ORDER_PAGES[order.kind].reply_kind is None:
        abort(404)
    posted = read_form(CommentForm(), request.form)
    if "form_key" in posted.errors:
        abort(400)
    if posted.errors:
        return make_response(
            request_page(order, comment=request.form.get("text", ""), comment_error=posted.errors["text"]),
            422,
        )
    kept = record_comment(visit, order, text=posted.values["text"], form_key=posted.values["form_key"])
    return redirect(url_for("merchant_requests.detail", org=visit.org, order_id=kept.id), code=303)
