"""Lets a client trigger a sync now. The sync runs in a worker; the page returns at once and polls."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from gateway.document_kinds import DOCUMENT_PAGES
from gateway.web.access import ClientVisit, client_only
from gateway.web.return_paths import safe_return_path
from gateway.web.services import services

bp = Blueprint("check_now", __name__)

CHECKABLE_KINDS = frozenset(kind for kind, row in DOCUMENT_PAGES.items() if row.is_checkable)
"""Documents that are read again by themselves; of others the lists are."""


@bp.post("/check-now")
@client_only
def check(visit: ClientVisit) -> ResponseReturnValue:
    """kind and id: the document shown; omitted for a list. back: the page to return to."""
    kind, document_id = request.form.get("kind", ""), request.form.get("id", "")
    if kind and (
        kind not in CHECKABLE_KINDS or services().mirror.get(visit.scope, kind, document_id) is None
    ):
        abort(404)
    if visit.is_connected and services().checks.begin(visit.scope):
        if kind:
            services().job_queue.enqueue_document(visit.scope.org, kind, document_id)
        else:
            services().sync_due.set_in(visit.scope.org, 0)
            services().job_queue.enqueue_sync(visit.scope.org)
    return redirect(safe_return_path(request.form.get("back", ""), url_for("dashboard.show")), code=303)
