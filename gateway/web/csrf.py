"""Every unsafe request must carry a token made from a secret of its session. Only routes for machines, which
have no session that another site could misuse, are excepted.
"""

from __future__ import annotations

import hmac
import secrets

from flask import Flask, request
from markupsafe import Markup

from gateway.web.access import SAFE_METHODS, Access, access_of
from gateway.web.sessions import current_session, session_or_visitor

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"


class FormTooOld(Exception):
    """The form does not belong to this session: it was open too long, or another site made it."""


def csrf_token() -> str:
    """A fresh token for a form of this session: a nonce and its keyed digest, so that no two pages carry the
    same text.
    """
    nonce = secrets.token_hex(8)
    return f"{nonce}.{_digest(session_or_visitor().csrf_secret, nonce)}"


def csrf_field() -> Markup:
    """The hidden field for a form."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, csrf_token())


def is_genuine(token: str, secret: str) -> bool:
    """Whether the token was made with the secret; compared in constant time."""
    nonce, _, digest = token.partition(".")
    return hmac.compare_digest(digest.encode(), _digest(secret, nonce).encode())


def require_csrf(app: Flask) -> None:
    """Checks every unsafe request before any view sees it. Raises FormTooOld."""

    @app.before_request
    def check() -> None:
        if request.method in SAFE_METHODS or request.endpoint is None:
            return
        if access_of(app.view_functions[request.endpoint]) is Access.MACHINE:
            return
        session = current_session()
        token = request.form.get(FIELD) or request.headers.get(HEADER, "")
        if session is None or not is_genuine(token, session.csrf_secret):
            raise FormTooOld


def _digest(secret: str, nonce: str) -> str:
    return hmac.digest(secret.encode(), nonce.encode(), "sha256").hex()
