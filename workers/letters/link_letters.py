"""Somebody asked for a link by mail: is the address anybody's? Then the link is opened and its letter
written.
"""

from __future__ import annotations

import structlog

from cache.copies.client_names import client_name
from cache.records.accounts import ClientAccount, normal_email
from cache.records.link_letters import link_letter, secret_path
from cache.sealing import SealBroken
from workers.job_setup import Resources

log = structlog.get_logger()


def write_link_letter(wish_id: str, desk: Resources) -> None:
    """May run twice: the link is the same one and the letter is written once."""
    try:
        wish = desk.link_wishes.get(wish_id)
    except SealBroken:
        log.error("link_wish_not_opened", wish=wish_id)
        wish = None
    accounts = desk.link_accounts.opened_by(wish.kind, wish.email) if wish is not None else []
    if wish is not None and accounts:
        desk.links[wish.kind].put(normal_email(wish.email), wish.secret, ends_at=wish.ends_at)
        names = [_name(desk, one) for one in accounts]
        letter, once = link_letter(wish, accounts, names)
        if desk.letters.add(letter, once_key=once, secret_path=secret_path(wish)) is not None:
            desk.doorbell.ring_mail(letter.id)
    desk.link_wishes.done(wish_id)


def _name(desk: Resources, account: ClientAccount) -> str:
    connection = desk.connections.get(account.org)
    client = client_name(desk.mirror, account)
    return (
        f"{client} – {desk.portal_settings.get(account.org).name_over(connection.name)}"
        if connection is not None
        else client
    )
