"""Everything that waits for the merchant, in one place: requests, the connection, rights that are missing,
letters that failed.
"""

from __future__ import annotations

from typing import NamedTuple

from flask import g, url_for

from cache.records.connections.connection import ConnectionState
from cache.records.email.emails import EmailState
from cache.records.orders.order import Order, OrderState
from connectors.zoho.features import disabled_features
from gateway.requests.order_kinds import ORDER_PAGES
from gateway.web.access import OrganisationVisit
from gateway.web.services import services

LATEST_ORDERS, LATEST_EMAILS = 200, 50


class InboxItem(NamedTuple):
    """group: a key of GROUPS. action: the word of the link."""

    group: str
    title: str
    text: str
    url: str
    action: str


GROUPS = {
    "payments": "Reported payments",
    "changes": "Changes to agree to",
    "stuck": "Requests that are stuck",
    "connection": "Connection",
    "letters": "Letters that failed",
}


def inbox_items(visit: OrganisationVisit) -> list[InboxItem]:
    """What waits, most urgent first; looked up once per request."""
    if "inbox_items" not in g:
        g.inbox_items = [*_connection(visit), *_requests(visit), *_emails(visit)]
    found: list[InboxItem] = g.inbox_items
    return found


def _connection(visit: OrganisationVisit) -> list[InboxItem]:
    overview = url_for("merchant_overview.show", org=visit.org)
    if visit.connection.state is ConnectionState.RECONNECT_NEEDED:
        return [
            InboxItem(
                "connection", "Zoho no longer lets Foyer in", visit.connection.why, overview, "Reconnect"
            )
        ]
    if visit.connection.state is ConnectionState.DISCONNECTED:
        return []
    off = disabled_features(visit.connection, services().refused_scopes.of(visit.org))
    return [
        InboxItem("connection", f"Switched off: {item.feature}", item.reason, overview, "See the overview")
        for item in off
    ]


def _requests(visit: OrganisationVisit) -> list[InboxItem]:
    return [_request(order) for order in services().orders.of_org(visit.org, LATEST_ORDERS) if _group(order)]


def _group(order: Order) -> str:
    if order.state is OrderState.PROPOSED:
        return f"{ORDER_PAGES[order.kind].proposal}s"
    return "stuck" if order.state is OrderState.NEEDS_ATTENTION else ""


def _request(order: Order) -> InboxItem:
    title = f"{order.person_name}: {order.document_number}".removesuffix(": ")
    address = url_for("merchant_requests.detail", org=order.org, order_id=order.id)
    return InboxItem(
        _group(order),
        title,
        str(order.steps[-1].message),
        address,
        "Decide" if order.state is OrderState.PROPOSED else "Look at it",
    )


def _emails(visit: OrganisationVisit) -> list[InboxItem]:
    failed = [
        email
        for email in services().emails.recent(visit.org, LATEST_EMAILS)
        if email.state is EmailState.FAILED
    ]
    address = url_for("merchant_sent_emails.listing", org=visit.org, state=EmailState.FAILED.value)
    return [
        InboxItem(
            "letters", f"{item.subject or item.kind} to {item.to}", item.why, address, "See the letters"
        )
        for item in failed
    ]
