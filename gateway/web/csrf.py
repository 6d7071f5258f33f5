"""Every unsafe request must carry a token derived from its session's secret. Only machine routes are
exempt: they have no session for another site to misuse.
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
    """The token does not match this session: the form was open too long or came from another site."""


def csrf_token() -> str:
    """A new token for this session: a nonce and its keyed digest. It differs on every page, against
    compression attacks.
    """
    nonce = secrets.token_hex(8)
    return f"{nonce}.{_digest(session_or_visitor().csrf_secret, nonce)}"


def csrf_field() -> Markup:
    """The hidden field for a form."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, csrf_token())


def is_genuine(token: str, secret: str) -> bool:
    """Whether the token was made with the secret. Constant-time comparison."""
    nonce, _, digest = token.partition(".")
    return hmac.compare_digest(digest.encode(), _digest(secret, nonce).encode())


def require_csrf(app: Flask) -> None:
    """Checks every unsafe request before its view runs. Raises FormTooOld."""

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
