"""What follows when the way somebody signs in has changed: their letter, the log, and the end of what was
opened the old way.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import structlog
from flask import url_for

from cache.records.accounts.accounts import ClientAccount, normal_email
from cache.records.email.account_emails import AccountChange, account_email
from cache.records.sign_in.single_use_links import LinkKind
from gateway.account.security.passwords import passwords
from gateway.web.email_outbox import enqueue_email
from gateway.web.services import services

log = structlog.get_logger()


def notify_change(account: ClientAccount, change: AccountChange, *, actor: str = "") -> None:
    """A letter to the person and an entry in the merchant's activity. actor: who did it, unless the person
    did.
    """
    email = account_email(change, account, path=url_for("link_requests.ask", kind=LinkKind.RESET))
    enqueue_email(email, once_key=f"{change}:{account.id}:{secrets.token_hex(8)}")
    services().activity.append(
        account.org, actor or account.id, change.value, {"account": account.id, "person": account.name}
    )
    log.info("sign_in_changed", org=account.org, account=account.id, change=change.value)


def change_passwords(
    accounts: Sequence[ClientAccount], password: str, *, but: str | None = None
) -> list[ClientAccount]:
    """The accounts as they are with the new password; one that was changed or revoked at this moment is left
    out.

    Every session of theirs ends, but the one with id `but`, and so do the links that were sent to their
    address.
    """
    kept = passwords().hash(password)
    changed = [
        after
        for account in accounts
        if services().accounts.swap(account, after := account.with_password(kept))
    ]
    for account in changed:
        services().sessions.end_all(account.id, but=but)
        close_links(account)
        notify_change(account, AccountChange.PASSWORD_CHANGED)
    return changed


def close_links(account: ClientAccount) -> None:
    """Whatever was sent to this person and is still open stops working."""
    address = normal_email(account.email)
    services().invitations.close(account.id)
    services().reset_links.close(address)
    services().sign_in_links.close(address)
