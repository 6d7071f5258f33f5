"""Many invitations at once: everybody who was not invited yet, or those who are ticked; and how far that has
come.
"""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.merchant.clients.bulk_invitation_forms import BulkInvitationForm, ticked_people
from gateway.merchant.clients.bulk_inviting import invitable_items, names_by_outcome
from gateway.web.access import OrganisationVisit, organisation_only
from gateway.web.posted_form import read_form
from gateway.web.services import services

bp = Blueprint("merchant_bulk_invitations", __name__)


@bp.post("/merchant/<org_key:org>/clients/invite-many")
@organisation_only
def start(visit: OrganisationVisit) -> ResponseReturnValue:
    """Recorded, and done by workers. The same form sent twice invites once."""
    posted = read_form(BulkInvitationForm(), request.form)
    if posted.errors:
        abort(400)
    items = invitable_items(visit) if posted.values["everybody"] else ticked_people(request.form)
    if items:
        services().bulk_invitations.start(
            visit.org, visit.merchant.id, items, form_key=posted.values["form_key"]
        )
        services().job_queue.enqueue_bulk_invitation(visit.org, posted.values["form_key"])
    return redirect(url_for("merchant_bulk_invitations.show", org=visit.org), code=303)


@bp.get("/merchant/<org_key:org>/clients/invite-many")
@organisation_only
def show(visit: OrganisationVisit) -> ResponseReturnValue:
    bulk = services().bulk_invitations.newest(visit.org)
    names = names_by_outcome(visit, bulk) if bulk is not None else {}
    per_minute = services().settings.invitations_per_minute
    return render_template(
        "merchant/clients/bulk_invitations.html", bulk=bulk, names=names, per_minute=per_minute
    )
