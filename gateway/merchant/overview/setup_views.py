"""Steps of setting up that a press says are done."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.portal.setup_progress import STEPS
from gateway.web.access import OrganisationVisit, organisation_only
from gateway.web.services import services

bp = Blueprint("merchant_setup", __name__)


@bp.post("/merchant/<org_key:org>/setting-up")
@organisation_only
def complete_step(visit: OrganisationVisit) -> ResponseReturnValue:
    """step: it is left as it is; "done": the list is not shown any more."""
    step = request.form.get("step", "")
    if step not in STEPS:
        abort(400)
    services().setup_progress.mark(visit.org, step)
    return redirect(url_for("merchant_overview.show", org=visit.org), code=303)
