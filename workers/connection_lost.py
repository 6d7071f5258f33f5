"""Zoho no longer accepts a connection: its merchants are told once, by mail. Clients read on."""

from __future__ import annotations

from cache.hashes import hash_of
from cache.records.connection import Connection, ConnectionState
from cache.records.letters import Letter, new_letter_id
from cache.sealing import SealBroken
from workers.job_setup import Resources

SUBJECT = "Please connect Zoho Books again: {name}"
TEXT = """Hello {merchant},

Zoho no longer lets Foyer read the books of {name}. This happens when the connection is removed in Zoho, when the person who
made it leaves, or when a password is reset.

Your clients still see what was last known, and what they ask for is kept. Nothing new is read or sent until you connect again:
{link}

It takes a minute, and nothing is lost.
"""


def tell_connection_lost(desk: Resources, connection: Connection) -> None:
    """One letter to each merchant of the organisation for each loss; none for a connection they ended themselves."""
    known = desk.connections.get(connection.org)
    if known is None or known.state is not ConnectionState.RECONNECT_NEEDED:
        return
    # Each time they connect there is another grant: its loss is another event.
    which, link = _grant(desk, connection.org), f"{desk.settings.portal_url}/merchant"
    for merchant in desk.merchants.for_org(connection.org):
        words = {"merchant": merchant.name, "name": connection.name, "link": link}
        letter = Letter(
            id=new_letter_id(), org=connection.org, to=merchant.email, kind="connection_lost", subject=SUBJECT.format(**words),
            text=TEXT.format(**words),
        )  # fmt: skip
        once = f"connection_lost:{connection.org}:{merchant.id}:{which}"
        if desk.letters.add(letter, once_key=once) is not None:
            desk.doorbell.ring_mail(letter.id)


def _grant(desk: Resources, org: str) -> str:
    try:
        return hash_of(desk.connections.refresh_token(org))
    except SealBroken:
        return "with a broken seal"
