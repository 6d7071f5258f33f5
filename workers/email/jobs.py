"""RQ's entry points for emails. Each may run twice or not at all: an email already recorded or sent is not
repeated.
"""

from __future__ import annotations

from workers.email.bulk_invitations import invite_batch
from workers.email.digest import compose_digest
from workers.email.due_dates import notify_of_due_dates
from workers.email.link_emails import compose_link_email
from workers.email.send_email import send_due_emails, send_email
from workers.services import job


def send(email_id: str) -> None:
    """Send one email."""
    with job("send_email", mail=email_id) as services:
        send_email(email_id, services)


def send_due() -> None:
    """Send every email that is due."""
    with job("send_due_emails") as services:
        send_due_emails(services)


def answer_link_request(request_id: str) -> None:
    """Send the requested link by email, if the address is known."""
    with job("answer_link_request", link_request=request_id) as services:
        compose_link_email(request_id, services)


def digest(org: str, merchant_id: str) -> None:
    """Put one merchant's digest into the outbox."""
    with job("compose_digest", org=org, merchant=merchant_id) as services:
        compose_digest(services, org, merchant_id)


def invite_many(org: str, bulk_id: str) -> None:
    """Send the next portion of a bulk invitation."""
    with job("invite_many", org=org, bulk=bulk_id) as services:
        invite_batch(org, bulk_id, services)


def due_dates(org: str) -> None:
    """Email about invoices that are due soon or newly overdue."""
    with job("due_dates", org=org) as services:
        notify_of_due_dates(services, org)
