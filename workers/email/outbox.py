"""How workers put an email into the outbox: once per event, and not at all if it would be suppressed."""

from __future__ import annotations

from collections.abc import Mapping

from cache.records.accounts.accounts import ClientAccount
from cache.records.email.emails import Email, new_email_id
from workers.email.suppression import suppression_reason
from workers.services import Services


def enqueue_email(services: Services, email: Email, *, once_key: str) -> None:
    """Record the email and enqueue it, unless this event already has one or the recipient does not
    want it.
    """
    if not suppression_reason(services, email) and services.emails.add(email, once_key=once_key) is not None:
        services.job_queue.enqueue_mail(email.id)


def email_client(
    services: Services, account: ClientAccount, kind: str, values: Mapping[str, str], *, path: str, event: str
) -> None:
    """event: deduplicates; each recipient gets one email per event."""
    email = Email(
        id=new_email_id(),
        org=account.org,
        to=account.email,
        kind=kind,
        account_id=account.id,
        values=values,
        path=path,
    )
    enqueue_email(services, email, once_key=f"{kind}:{event}:{account.id}")


def email_merchants(
    services: Services, org: str, kind: str, values: Mapping[str, str], *, path: str, event: str
) -> None:
    """To every merchant of the organisation."""
    for merchant in services.merchants.for_org(org):
        email = Email(
            id=new_email_id(),
            org=org,
            to=merchant.email,
            kind=kind,
            merchant_id=merchant.id,
            values=values,
            path=path,
        )
        enqueue_email(services, email, once_key=f"{kind}:{event}:{merchant.id}")
