"""RQ's entry points for letters. Each may run twice or not at all: a letter that was written or sent is not
again.
"""

from __future__ import annotations

from workers.job_setup import job
from workers.letters.digest import write_digest
from workers.letters.due_dates import look_at_due_dates
from workers.letters.link_letters import write_link_letter
from workers.letters.many_invitations import invite_some
from workers.letters.send_letter import send_due_letters, send_letter


def send(letter_id: str) -> None:
    """Hand over one letter."""
    with job("send_letter", letter=letter_id) as desk:
        send_letter(letter_id, desk)


def send_due() -> None:
    """Hand over whatever is due, one letter after the other."""
    with job("send_due_letters") as desk:
        send_due_letters(desk)


def write_link(wish_id: str) -> None:
    """Write the letter that somebody asked for at the door, if their address is known."""
    with job("write_link", wish=wish_id) as desk:
        write_link_letter(wish_id, desk)


def digest(org: str, merchant_id: str) -> None:
    """Put one merchant's digest into the outbox."""
    with job("write_digest", org=org, merchant=merchant_id) as desk:
        write_digest(desk, org, merchant_id)


def invite_many(org: str, bulk_id: str) -> None:
    """Invite the next portion of many."""
    with job("invite_many", org=org, bulk=bulk_id) as desk:
        invite_some(org, bulk_id, desk)


def due_dates(org: str) -> None:
    """Write about invoices that are due soon or newly overdue."""
    with job("due_dates", org=org) as desk:
        look_at_due_dates(desk, org)
