"""The inbox: what waits for the merchant, narrowed by kind."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from gateway.merchant.overview.inbox import GROUPS, inbox_items
from gateway.web.access import OrganisationVisit, organisation_only

bp = Blueprint("merchant_inbox", __name__)


@bp.get("/merchant/<org_key:org>/needs-you")
@organisation_only
def show(visit: OrganisationVisit) -> ResponseReturnValue:
    """show: a key of GROUPS; anything else shows all."""
    items = inbox_items(visit)
    counts = {key: sum(item.group == key for item in items) for key in GROUPS}
    chosen = request.args.get("show", "")
    selected = [item for item in items if chosen not in GROUPS or item.group == chosen]
    return render_template(
        "merchant/overview/inbox.html",
        items=selected,
        total=len(items),
        counts=counts,
        groups=GROUPS,
        chosen=chosen,
    )
