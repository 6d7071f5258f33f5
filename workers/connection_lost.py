"""Zoho no longer accepts a connection: its merchants are told once, by mail. Clients read on."""

from __future__ import annotations

from cache.hashes import hash_of
from cache.records.connection import Connection, ConnectionState
from cache.sealing import SealBroken
from workers.job_setup import Resources
from workers.letters.writing import tell_merchants


def tell_connection_lost(desk: Resources, connection: Connection) -> None:
    """One letter to each merchant of the organisation for each loss; none for a connection they ended
    themselves.
    """
    known = desk.connections.get(connection.org)
    if known is None or known.state is not ConnectionState.RECONNECT_NEEDED:
        return
    # Each time they connect there is another grant: its loss is another event.
    event = f"{connection.org}:{_grant(desk, connection.org)}"
    tell_merchants(desk, connection.org, "connection_lost", {}, path="/merchant", event=event)


def _grant(desk: Resources, org: str) -> str:
    try:
        return hash_of(desk.connections.refresh_token(org))
    except SealBroken:
        return "with a broken seal"
