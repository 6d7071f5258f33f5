"""The inbox: what waits for the merchant, narrowed by kind."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from gateway.access import OrganisationVisit, organisation_only
from gateway.merchant.needs_you import GROUPS, needs_you

bp = Blueprint("merchant_inbox", __name__)


@bp.get("/merchant/<org_key:org>/needs-you")
@organisation_only
def show(visit: OrganisationVisit) -> ResponseReturnValue:
    """show: a key of GROUPS; anything else shows all."""
    needs = needs_you(visit)
    counts = {key: sum(one.group == key for one in needs) for key in GROUPS}
    chosen = request.args.get("show", "")
    shown = [one for one in needs if chosen not in GROUPS or one.group == chosen]
    return render_template(
        "pages/merchant/inbox.html",
        needs=shown,
        total=len(needs),
        counts=counts,
        groups=GROUPS,
        chosen=chosen,
    )
