"""Tell an organisation's merchants once, by email, that Zoho no longer accepts the connection. Clients can
still read.
"""

from __future__ import annotations

from cache.hashes import hash_of
from cache.records.connections.connection import Connection, ConnectionState
from cache.sealing import SealBroken
from workers.email.outbox import email_merchants
from workers.services import Services


def email_connection_lost(services: Services, connection: Connection) -> None:
    """One email per merchant and loss; none when they disconnected themselves."""
    known = services.connections.get(connection.org)
    if known is None or known.state is not ConnectionState.RECONNECT_NEEDED:
        return
    # Every connect makes a new grant, so losing it is a new event.
    event = f"{connection.org}:{_grant(services, connection.org)}"
    email_merchants(services, connection.org, "connection_lost", {}, path="/merchant", event=event)


def _grant(services: Services, org: str) -> str:
    try:
        return hash_of(services.connections.refresh_token(org))
    except SealBroken:
        return "with a broken seal"
