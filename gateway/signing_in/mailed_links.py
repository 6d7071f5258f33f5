"""Links by mail: asking for one, and what an open one leads to. Whoever asks learns nothing about the
address.
"""

from __future__ import annotations

from typing import NamedTuple

from flask import request

from cache.records.accounts import ClientAccount
from cache.records.single_use_links import LinkKind, LinkState, SingleUseLinks
from gateway.languages_chosen import chosen_language
from gateway.signing_in.opened_accounts import client_name, open_portal_of
from gateway.wiring import wired


class Behind(NamedTuple):
    """What stands behind a link: its state (None: nobody was sent it), the address, the accounts it opens,
    each with its names.
    """

    state: LinkState | None
    email: str
    accounts: list[ClientAccount]
    names: list[tuple[str, str]]


def links_of(kind: LinkKind) -> SingleUseLinks:
    return wired().reset_links if kind is LinkKind.RESET else wired().sign_in_links


def ask_for_link(kind: LinkKind, email: str) -> float:
    """0 when whatever was to be done is done, else the seconds until this network address may ask again.

    The same for every address: who has it is looked up by a worker, later.
    """
    allowed = wired().link_wishes.allow(email, request.remote_addr or "")
    if allowed:
        return allowed
    if allowed is not None:
        wired().doorbell.ring_link(wired().link_wishes.record(kind, email, language=chosen_language()).id)
    return 0


def behind(kind: LinkKind, secret: str) -> Behind:
    """Uses nothing up. A link whose accounts are all revoked meanwhile is as good as used."""
    link = links_of(kind).look(secret)
    if link is None:
        return Behind(None, "", [], [])
    accounts = wired().link_accounts.opened_by(kind, link.subject)
    names = [(client_name(one), open_portal_of(one) or "") for one in accounts]
    return Behind(
        link.state if accounts or link.state is not LinkState.OPEN else LinkState.USED,
        link.subject,
        accounts,
        names,
    )
