"""Where Zoho tells that something changed. It only shortens the delay: the record is read anew, by a worker,
in its turn.
"""

from __future__ import annotations

import hmac

import structlog
from flask import Blueprint, Response, abort, jsonify, make_response, request

from cache.records.connections.connection import ConnectionState
from cache.records.connections.webhook_endpoints import Proof, WebhookEndpoint
from connectors.zoho.webhooks.deliveries import (
    SIGNATURE_HEADER,
    TOKEN_HEADER,
    WebhookRequest,
    changed_records,
    is_signed_with,
)
from gateway.web.access import open_to_machines
from gateway.web.services import services

bp = Blueprint("webhooks", __name__)

log = structlog.get_logger()


@bp.post("/hooks/zoho/<secret:key>")
@open_to_machines
def receive(key: str) -> Response:
    """2xx at once for whatever is genuine, also when there is nothing to do: Zoho's patience is not
    documented (zoho.md 6.4).
    """
    endpoint = services().webhook_endpoints.by_key(key)
    if endpoint is None:
        abort(404)
    posted = WebhookRequest(
        query=tuple(request.args.items(multi=True)),
        form=tuple(request.form.items(multi=True)),
        body=request.get_data(cache=True),
    )
    outcome, about = _accept(endpoint, posted)
    services().webhook_endpoints.note(endpoint.org, outcome, about)
    log.info("webhook_received", org=endpoint.org, outcome=outcome, about=about)
    return make_response(jsonify(outcome=outcome), 401 if outcome == "unproven" else 200)


def _accept(endpoint: WebhookEndpoint, posted: WebhookRequest) -> tuple[str, str]:
    """(outcome, what it was about)."""
    if not services().webhook_endpoints.may_deliver(endpoint.org):
        return "too_many", ""
    if not _is_authentic(endpoint, posted):
        return "unproven", ""
    connection = services().connections.get(endpoint.org)
    records = changed_records(posted)
    if not records or connection is None or connection.state is not ConnectionState.CONNECTED:
        return "empty", ""
    for kind, record_id in records:
        services().job_queue.enqueue_document(endpoint.org, kind, record_id)
    return "accepted", ", ".join(f"{kind} {record_id}" for kind, record_id in records)


def _is_authentic(endpoint: WebhookEndpoint, posted: WebhookRequest) -> bool:
    if endpoint.proof is Proof.SIGNATURE:
        return is_signed_with(endpoint.secret, posted, request.headers.get(SIGNATURE_HEADER, ""))
    if endpoint.proof is Proof.HEADER:
        return hmac.compare_digest(endpoint.secret.encode(), request.headers.get(TOKEN_HEADER, "").encode())
    return True
