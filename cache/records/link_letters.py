"""The letters that carry a link to a new password or into the portal. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from cache.records.accounts import ClientAccount
from cache.records.letters import Letter, new_letter_id
from cache.records.link_wishes import LinkWish
from cache.records.single_use_links import LIFE, LinkKind

RESET = """Hello {person},

somebody asked for a new password for {email}. If it was you, choose one here:
{link}

It will be the password of:
{names}

The link works once, and for {minutes} minutes. If it was not you, do nothing: your password stays as it is.
"""
SIGN_IN = """Hello {person},

somebody asked to sign in as {email} without a password. If it was you, open this link and press the button:
{link}

It opens:
{names}

The link works once, and for {minutes} minutes. If it was not you, do nothing, and pass the link on to nobody.
"""
TEXTS = {LinkKind.RESET: RESET, LinkKind.SIGN_IN: SIGN_IN}
SUBJECTS = {LinkKind.RESET: "Choose a new password", LinkKind.SIGN_IN: "Your link to sign in"}
PATHS = {LinkKind.RESET: "password/new", LinkKind.SIGN_IN: "sign-in/link"}
"""Where the pages behind these links stand in the portal."""


def link_letter(wish: LinkWish, accounts: Sequence[ClientAccount], names: Sequence[str], *, portal: str) -> tuple[Letter, str]:
    """The letter, and the key under which it is written once. accounts: at least one; names: of each, "client, with merchant".
    portal: its address without a trailing slash.

    It goes to the address that is kept, never to the one that was typed. With accounts at several merchants it is nobody's:
    none of them learns of the others.
    """
    first, orgs = accounts[0], {one.org for one in accounts}
    text = TEXTS[wish.kind].format(
        person=first.name, email=first.email, link=f"{portal}/{PATHS[wish.kind]}/{wish.secret}",
        names="\n".join(f"- {name}" for name in names), minutes=int(LIFE[wish.kind].total_seconds()) // 60,
    )  # fmt: skip
    letter = Letter(
        id=new_letter_id(), org=first.org if len(orgs) == 1 else "", to=first.email, kind=wish.kind.value,
        account_id=first.id if len(accounts) == 1 else "", subject=SUBJECTS[wish.kind], text=text,
    )  # fmt: skip
    return letter, f"link:{wish.id}"
