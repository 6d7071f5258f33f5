"""Where Zoho tells that something changed. It only shortens the delay: the record is read anew, by a worker,
in its turn.
"""

from __future__ import annotations

import hmac

import structlog
from flask import Blueprint, Response, abort, jsonify, make_response, request

from cache.records.connection import ConnectionState
from cache.records.webhook_doors import Proof, WebhookDoor
from connectors.zoho.webhooks import SIGNATURE_HEADER, TOKEN_HEADER, Posted, changed_records, is_signed_with
from gateway.access import open_to_machines
from gateway.wiring import wired

bp = Blueprint("webhooks", __name__)

MOST_A_MINUTE = 300
"""Deliveries of one organisation; what comes beyond is left to the sync."""

log = structlog.get_logger()


@bp.post("/hooks/zoho/<secret:key>")
@open_to_machines
def receive(key: str) -> Response:
    """2xx at once for whatever is genuine, also when there is nothing to do: Zoho's patience is not
    documented (FACTS 6.4).
    """
    door = wired().webhook_doors.behind(key)
    if door is None:
        abort(404)
    posted = Posted(
        query=tuple(request.args.items(multi=True)),
        form=tuple(request.form.items(multi=True)),
        body=request.get_data(cache=True),
    )
    outcome, about = _take_in(door, posted)
    wired().webhook_doors.note(door.org, outcome, about)
    log.info("webhook_received", org=door.org, outcome=outcome, about=about)
    return make_response(jsonify(outcome=outcome), 401 if outcome == "unproven" else 200)


def _take_in(door: WebhookDoor, posted: Posted) -> tuple[str, str]:
    """(outcome, what it was about)."""
    if wired().webhook_doors.this_minute(door.org) > MOST_A_MINUTE:
        return "too_many", ""
    if not _is_proven(door, posted):
        return "unproven", ""
    connection = wired().connections.get(door.org)
    records = changed_records(posted)
    if not records or connection is None or connection.state is not ConnectionState.CONNECTED:
        return "empty", ""
    for kind, record_id in records:
        wired().doorbell.ring_document(door.org, kind, record_id)
    return "accepted", ", ".join(f"{kind} {record_id}" for kind, record_id in records)


def _is_proven(door: WebhookDoor, posted: Posted) -> bool:
    if door.proof is Proof.SIGNATURE:
        return is_signed_with(door.secret, posted, request.headers.get(SIGNATURE_HEADER, ""))
    if door.proof is Proof.HEADER:
        return hmac.compare_digest(door.secret.encode(), request.headers.get(TOKEN_HEADER, "").encode())
    return True
