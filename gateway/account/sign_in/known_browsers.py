"""The cookie of a browser in which somebody has signed in before: strangers' guesses elsewhere do not make
its owner wait.

It opens nothing. It is sealed, holds a random id and hashes of the addresses that signed in, and outlives the
session.
"""

from __future__ import annotations

import json
import secrets
import time
from typing import NamedTuple

from flask import Flask, Response, g, request

from cache.hashes import hash_of
from cache.records.accounts.accounts import normal_email
from cache.sealing import SealBroken
from gateway.web.services import services
from gateway.web.sessions import is_https

KNOWN_FOR = 180 * 24 * 3600
"""Seconds after the last sign-in."""

MOST_ADDRESSES = 6
"""Of a browser that several people share; the cookie stays small."""

CONTEXT = "known_browser"


class KnownBrowser(NamedTuple):
    """signed_in: hashes of e-mail addresses, latest first. until: seconds since 1970."""

    id: str
    signed_in: tuple[str, ...]
    until: int


def known_cookie_name() -> str:
    return "__Host-foyer-known" if is_https() else "foyer-known"


def browser_known_to(email: str) -> str:
    """This browser's id if that address has signed in here before, else ""."""
    known = _known()
    return known.id if known is not None and _email_hash(email) in known.signed_in else ""


def remember_browser(email: str) -> None:
    """That address has signed in here: the cookie goes out with this answer."""
    known, mark = _known(), _email_hash(email)
    others = [item for item in known.signed_in if item != mark] if known else []
    browser_id = known.id if known else secrets.token_urlsafe(16)
    g.known_browser = KnownBrowser(browser_id, (mark, *others)[:MOST_ADDRESSES], int(time.time()) + KNOWN_FOR)


def send_known_browser_cookie(app: Flask) -> None:
    """Sets the cookie on the answer to a sign-in."""

    @app.after_request
    def send_known(response: Response) -> Response:
        known: KnownBrowser | None = g.get("known_browser")
        if known is not None:
            response.set_cookie(
                known_cookie_name(),
                services().seal.seal(json.dumps(known), context=CONTEXT),
                max_age=KNOWN_FOR,
                secure=is_https(),
                httponly=True,
                samesite="Lax",
                path="/",
            )
        return response


def _known() -> KnownBrowser | None:
    """What the cookie says; None without one, when it is too old, or when it was not sealed here."""
    cookie = request.cookies.get(known_cookie_name(), "")
    if not cookie:
        return None
    try:
        browser_id, signed_in, until = json.loads(services().seal.open(cookie, context=CONTEXT))
    except SealBroken:
        return None
    return KnownBrowser(browser_id, tuple(signed_in), until) if until > time.time() else None


def _email_hash(email: str) -> str:
    return hash_of(normal_email(email))[:32]
