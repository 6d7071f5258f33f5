"""Liveness and readiness, for supervisors and load balancers."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response, jsonify, make_response

from cache.stores import AWAY
from gateway.web.access import open_to_all
from gateway.web.services import services

bp = Blueprint("health", __name__)

PROCESS_KINDS = ("clock", "push", "pull", "mail")
MAX_HEARTBEAT_AGE = dt.timedelta(seconds=90)
"""A worker beats every 30 s at the latest; three missed beats are a dead one."""


@bp.get("/healthz")
@open_to_all
def alive() -> Response:
    """200 while this process answers. Checks nothing else, so that a Redis outage does not restart every
    web process.
    """
    return jsonify(status="alive")


@bp.get("/readyz")
@open_to_all
def ready() -> Response:
    """200 when both Redis servers answer and every kind of worker has a recent heartbeat, else 503. The
    body names what is missing.
    """
    faults = _store_faults() or _silent_processes()
    return make_response(
        jsonify(status="not ready" if faults else "ready", faults=faults), 503 if faults else 200
    )


def _store_faults() -> list[str]:
    stores = services().stores
    return [
        name
        for name, store in (("records", stores.records), ("copies", stores.copies))
        if not _answers(store)
    ]


def _silent_processes() -> list[str]:
    now = dt.datetime.now(dt.UTC)
    beats = {kind: services().heartbeats.last(kind) for kind in PROCESS_KINDS}
    return [kind for kind, beat in beats.items() if beat is None or now - beat > MAX_HEARTBEAT_AGE]


def _answers(store: object) -> bool:
    try:
        return bool(store.ping())  # type: ignore[attr-defined]
    except AWAY:
        return False
