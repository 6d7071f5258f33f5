"""Everything that waits for the merchant, in one place: requests, the connection, rights that are missing,
letters that failed.
"""

from __future__ import annotations

from typing import NamedTuple

from flask import g, url_for

from cache.records.connection import ConnectionState
from cache.records.letters import LetterState
from cache.records.order import Order, OrderKind, OrderState
from connectors.zoho.features import switched_off
from gateway.access import OrganisationVisit
from gateway.wiring import wired

LATEST_ORDERS, LATEST_LETTERS = 200, 50


class Need(NamedTuple):
    """group: a key of GROUPS. action: the word of the link."""

    group: str
    title: str
    words: str
    address: str
    action: str


GROUPS = {
    "payments": "Reported payments",
    "changes": "Changes to agree to",
    "stuck": "Requests that are stuck",
    "connection": "Connection",
    "letters": "Letters that failed",
}


def needs_you(visit: OrganisationVisit) -> list[Need]:
    """What waits, most urgent first; looked up once per request."""
    if "needs_you" not in g:
        g.needs_you = [*_connection(visit), *_requests(visit), *_letters(visit)]
    found: list[Need] = g.needs_you
    return found


def _connection(visit: OrganisationVisit) -> list[Need]:
    overview = url_for("merchant_overview.show", org=visit.org)
    if visit.connection.state is ConnectionState.RECONNECT_NEEDED:
        return [
            Need("connection", "Zoho no longer lets Foyer in", visit.connection.why, overview, "Reconnect")
        ]
    if visit.connection.state is ConnectionState.DISCONNECTED:
        return []
    off = switched_off(visit.connection, wired().refused_scopes.of(visit.org))
    return [
        Need("connection", f"Switched off: {one.feature}", one.why, overview, "See the overview")
        for one in off
    ]


def _requests(visit: OrganisationVisit) -> list[Need]:
    return [_request(order) for order in wired().orders.of_org(visit.org, LATEST_ORDERS) if _group(order)]


def _group(order: Order) -> str:
    if order.state is OrderState.PROPOSED:
        return "payments" if order.kind is OrderKind.RECORD_PAYMENT else "changes"
    return "stuck" if order.state is OrderState.NEEDS_ATTENTION else ""


def _request(order: Order) -> Need:
    title = f"{order.person_name}: {order.document_number}".removesuffix(": ")
    address = url_for("merchant_requests.one", org=order.org, order_id=order.id)
    return Need(
        _group(order),
        title,
        str(order.steps[-1].words),
        address,
        "Decide" if order.state is OrderState.PROPOSED else "Look at it",
    )


def _letters(visit: OrganisationVisit) -> list[Need]:
    failed = [
        one for one in wired().letters.recent(visit.org, LATEST_LETTERS) if one.state is LetterState.FAILED
    ]
    address = url_for("merchant_mails.listing", org=visit.org, state=LetterState.FAILED.value)
    return [
        Need("letters", f"{one.subject or one.kind} to {one.to}", one.why, address, "See the letters")
        for one in failed
    ]
