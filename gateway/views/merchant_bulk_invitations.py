"""Many invitations at once: everybody who was not invited yet, or those who are ticked; and how far that has
come.
"""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.access import OrganisationVisit, organisation_only
from gateway.forms.bulk_invitations import BulkInvitationForm, ticked_people
from gateway.forms.posted_form import read_form
from gateway.merchant.inviting_many import everybody_not_invited, people_of
from gateway.wiring import wired

bp = Blueprint("merchant_bulk_invitations", __name__)


@bp.post("/merchant/<org_key:org>/clients/invite-many")
@organisation_only
def start(visit: OrganisationVisit) -> ResponseReturnValue:
    """Recorded, and done by workers. The same form sent twice invites once."""
    posted = read_form(BulkInvitationForm(), request.form)
    if posted.errors:
        abort(400)
    items = everybody_not_invited(visit) if posted.values["everybody"] else ticked_people(request.form)
    if items:
        wired().bulk_invitations.start(
            visit.org, visit.merchant.id, items, form_key=posted.values["form_key"]
        )
        wired().doorbell.ring_bulk(visit.org, posted.values["form_key"])
    return redirect(url_for("merchant_bulk_invitations.show", org=visit.org), code=303)


@bp.get("/merchant/<org_key:org>/clients/invite-many")
@organisation_only
def show(visit: OrganisationVisit) -> ResponseReturnValue:
    bulk = wired().bulk_invitations.newest(visit.org)
    named = people_of(visit, bulk) if bulk is not None else {}
    per_minute = wired().settings.invitations_per_minute
    return render_template(
        "pages/merchant/bulk_invitations.html", bulk=bulk, named=named, per_minute=per_minute
    )
