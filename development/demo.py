"""Prepare the demo through the real pages: a merchant connects and invites, clients choose passwords."""

from __future__ import annotations

import time
import urllib.parse
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from development.demo_visitor import DemoFailure, Visitor
from development.places import Places

MERCHANT = "Ada Okafor"
ORGANISATION = "Harbour Light Studio"
CLIENTS = (("Lena Hartmann", "lena@brightwater.example"), ("Omar Haddad", "omar@northgate.example"))
PASSWORD = "lighthouse-keeper-demo"  # noqa: S105 - printed on purpose; it opens a sandbox on this machine only
TIMEOUT = 180.0
TRIES = 3
"""Per step. On a busy machine the portal may rightly answer that it is not ready."""


T = TypeVar("T")


def prepare_demo(places: Places, say: Callable[[str], None]) -> list[dict[str, str]]:
    """Connect Ada's organisation and let two clients choose passwords. Safe to repeat.

    say: prints a line for the user. Returns the demo's sign-ins: role, how (for people), and for clients
    email and password.
    """
    merchant = _tried(lambda: connected_merchant(places), say)
    for name, email in CLIENTS:
        _tried(partial(let_in, merchant, name, email, places), say)
    return [
        {"role": "Merchant", "how": f"{places.portal}/merchant → Connect Zoho Books → {MERCHANT}"},
        *(
            {
                "role": f"Client {name}",
                "how": f"{places.portal}/sign-in  {email}  {PASSWORD}",
                "email": email,
                "password": PASSWORD,
            }
            for name, email in CLIENTS
        ),
    ]


def connected_merchant(places: Places) -> Visitor:
    """Ada's browser on the organisation's page. Raises DemoFailure."""
    merchant = Visitor()
    merchant.open(f"{places.portal}/merchant")
    merchant.press("Connect Zoho Books", {"dc": "us", "uses_billing": "true"})
    agree(merchant, MERCHANT)
    merchant.press(ORGANISATION)
    if not merchant.address.endswith("/"):
        raise DemoFailure(f"connecting ended at {merchant.address}")
    return merchant


def agree(visitor: Visitor, person: str) -> None:
    """On the sandbox's consent page: choose the user and allow."""
    chosen = next((found for form in visitor.page.forms if (found := form.choice_called(person))), None)
    if chosen is None:
        raise DemoFailure(f"the consent page at {visitor.address} does not offer {person}")
    visitor.press("Allow", chosen)


def let_in(merchant: Visitor, name: str, email: str, places: Places) -> None:
    """Invite a contact person and choose the demo's password for them. Safe to repeat. Raises DemoFailure.

    merchant: a browser on any of the organisation's pages.
    """
    portal, _, page = merchant.address.partition("/merchant/")
    base = f"{portal}/merchant/{page.partition('/')[0]}/"
    clients = f"{base}clients?{urllib.parse.urlencode({'q': email})}"
    _until(lambda: name in merchant.open(clients), f"{name} was not read from the sandbox")
    if not any("Invite" in form.text and name in form.text for form in merchant.page.forms):
        return
    merchant.press(f"Invite {name}")
    links: list[str] = []

    def email_is_there() -> bool:
        merchant.open(f"{base}mails?{urllib.parse.urlencode({'q': email, 'state': 'sent'})}")
        links[:] = [link for link in merchant.page.links if "/invitations/" in link]
        return bool(links)

    _until(email_is_there, f"no letter to {name} arrived")
    client = Visitor()
    client.open(links[0])
    client.press("password", {"password": PASSWORD, "again": PASSWORD})
    if client.address != f"{places.portal}/":
        raise DemoFailure(f"{name} could not sign in; the visit ended at {client.address}")


def _tried(step: Callable[[], T], say: Callable[[str], None]) -> T:
    """The step's result. Raises DemoFailure after the last try; earlier failures are reported."""
    for _ in range(TRIES - 1):
        try:
            return step()
        except DemoFailure as failure:
            say(f"  … {failure}; once more")
            time.sleep(2)
    return step()


def _until(true: Callable[[], bool], message: str) -> None:
    end = time.monotonic() + TIMEOUT
    while not true():
        if time.monotonic() > end:
            raise DemoFailure(message)
        time.sleep(0.5)
