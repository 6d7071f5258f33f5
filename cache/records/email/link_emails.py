"""Emails with a link to choose a new password or to sign in. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from cache.records.accounts.accounts import ClientAccount
from cache.records.email.emails import Email, new_email_id
from cache.records.sign_in.link_requests import LinkRequest
from cache.records.sign_in.single_use_links import LIFE, LinkKind

KINDS = {LinkKind.RESET: "password_reset", LinkKind.SIGN_IN: "sign_in_link"}
"""The kinds of emails that carry these links."""

PATHS = {LinkKind.RESET: "password/new", LinkKind.SIGN_IN: "sign-in/link"}
"""The paths of these links' pages in the portal."""


def link_email(
    request: LinkRequest, accounts: Sequence[ClientAccount], names: Sequence[str]
) -> tuple[Email, str]:
    """The email and its once-key. accounts: at least one; names: of each, its client and merchant. The path
    of its link is secret_path().

    It is sent to the stored address, never to the typed one. With accounts at several merchants it comes from
    none of them, so that none learns of the others.
    """
    first, orgs = accounts[0], {account.org for account in accounts}
    email = Email(
        id=new_email_id(),
        org=first.org if len(orgs) == 1 else "",
        to=first.email,
        kind=KINDS[request.kind],
        account_id=first.id if len(accounts) == 1 else "",
        values={
            "name": first.name,
            "email": first.email,
            "names": "\n".join(f"- {name}" for name in names),
            "minutes": str(int(LIFE[request.kind].total_seconds()) // 60),
            "asked_in": request.language,
        },
    )
    return email, f"link:{request.id}"


def secret_path(request: LinkRequest) -> str:
    """The path of the email's link, within the portal."""
    return f"/{PATHS[request.kind]}/{request.secret}"
