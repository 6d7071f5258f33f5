"""Answer a link request: if the address is known, create the link and its email."""

from __future__ import annotations

import structlog

from cache.copies.directory.client_names import client_name
from cache.records.accounts.accounts import ClientAccount, normal_email
from cache.records.email.link_emails import link_email, secret_path
from cache.sealing import SealBroken
from workers.services import Services

log = structlog.get_logger()


def compose_link_email(request_id: str, services: Services) -> None:
    """May run twice: the link is the same, and the email is recorded once."""
    try:
        request = services.link_requests.get(request_id)
    except SealBroken:
        log.error("link_request_unreadable", link_request=request_id)
        request = None
    accounts = services.link_accounts.accounts_for(request.kind, request.email) if request is not None else []
    if request is not None and accounts:
        services.links[request.kind].put(normal_email(request.email), request.secret, ends_at=request.ends_at)
        names = [_name(services, account) for account in accounts]
        email, once = link_email(request, accounts, names)
        if services.emails.add(email, once_key=once, secret_path=secret_path(request)) is not None:
            services.job_queue.enqueue_mail(email.id)
    services.link_requests.done(request_id)


def _name(services: Services, account: ClientAccount) -> str:
    connection = services.connections.get(account.org)
    client = client_name(services.mirror, account)
    return (
        f"{client} – {services.portal_settings.get(account.org).displayed_name(connection.name)}"
        if connection is not None
        else client
    )
