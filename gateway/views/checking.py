"""A client wants to see now what is new in Zoho. The work is the sync's own; the page comes back at once and
looks again.
"""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from gateway.access import ClientVisit, client_only
from gateway.reading.document_kinds import ESTIMATES, INVOICES, PAYMENTS
from gateway.ways_back import safe_way_back
from gateway.wiring import wired

bp = Blueprint("checking", __name__)

ONE_BY_ONE = frozenset({ESTIMATES.name, INVOICES.name, PAYMENTS.name})
"""Documents that are read again by themselves; of others the lists are."""


@bp.post("/check-now")
@client_only
def check(visit: ClientVisit) -> ResponseReturnValue:
    """kind and id: the document on the page; none for a list. back: the page."""
    kind, document_id = request.form.get("kind", ""), request.form.get("id", "")
    if kind and (kind not in ONE_BY_ONE or wired().mirror.one(visit.scope, kind, document_id) is None):
        abort(404)
    if visit.is_connected and wired().checks.begin(visit.scope):
        if kind:
            wired().doorbell.ring_document(visit.scope.org, kind, document_id)
        else:
            wired().sync_due.set_in(visit.scope.org, 0)
            wired().doorbell.ring_sync(visit.scope.org)
    return redirect(safe_way_back(request.form.get("back", ""), url_for("dashboard.show")), code=303)
