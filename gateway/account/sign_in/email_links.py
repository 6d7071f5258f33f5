"""Links by mail: asking for one, and what an open one leads to. Whoever asks learns nothing about the
address.
"""

from __future__ import annotations

from typing import NamedTuple

from flask import request

from cache.records.accounts.accounts import ClientAccount
from cache.records.sign_in.single_use_links import LinkKind, LinkState, SingleUseLinks
from gateway.account.sign_in.opened_accounts import client_name, open_portal_of
from gateway.web.request_language import current_language
from gateway.web.services import services


class LinkTarget(NamedTuple):
    """What stands behind a link: its state (None: nobody was sent it), the address, the accounts it opens,
    each with its names.
    """

    state: LinkState | None
    email: str
    accounts: list[ClientAccount]
    names: list[tuple[str, str]]


def links_of(kind: LinkKind) -> SingleUseLinks:
    return services().reset_links if kind is LinkKind.RESET else services().sign_in_links


def request_link(kind: LinkKind, email: str) -> float:
    """0 when whatever was to be done is done, else the seconds until this network address may ask again.

    The same for every address: who has it is looked up by a worker, later.
    """
    allowed = services().link_requests.allow(email, request.remote_addr or "")
    if allowed:
        return allowed
    if allowed is not None:
        services().job_queue.enqueue_link(
            services().link_requests.record(kind, email, language=current_language()).id
        )
    return 0


def link_target(kind: LinkKind, secret: str) -> LinkTarget:
    """Uses nothing up. A link whose accounts are all revoked meanwhile is as good as used."""
    link = links_of(kind).find(secret)
    if link is None:
        return LinkTarget(None, "", [], [])
    accounts = services().link_accounts.accounts_for(kind, link.subject)
    names = [(client_name(account), open_portal_of(account) or "") for account in accounts]
    return LinkTarget(
        link.state if accounts or link.state is not LinkState.OPEN else LinkState.USED,
        link.subject,
        accounts,
        names,
    )
