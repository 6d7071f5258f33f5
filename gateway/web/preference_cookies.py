"""Cookies that keep how this browser's pages look and read. They open nothing, hold one word each, and are
checked where they are read.
"""

from __future__ import annotations

from flask import Flask, Response, g, request

from gateway.web.sessions import is_https

COOKIE_LIFETIME = 365 * 24 * 3600
"""Seconds."""


def preference_cookie_name(name: str) -> str:
    return f"__Host-foyer-{name}" if is_https() else f"foyer-{name}"


def stored_preference(name: str) -> str:
    """What this browser chose, in this request or before; "" for nothing."""
    chosen: dict[str, str] = g.get("preferences_to_send", {})
    return chosen[name] if name in chosen else request.cookies.get(preference_cookie_name(name), "")


def store_preference(name: str, value: str) -> None:
    """This browser's choice from now on, "" for none: the cookie goes out with this answer."""
    g.setdefault("preferences_to_send", {})[name] = value


def send_preference_cookies(app: Flask) -> None:
    """Sets the cookies on the answer to a choice."""

    @app.after_request
    def send_preferences(response: Response) -> Response:
        for name, value in g.get("preferences_to_send", {}).items():
            response.set_cookie(
                preference_cookie_name(name),
                value,
                max_age=COOKIE_LIFETIME if value else 0,
                secure=is_https(),
                httponly=True,
                samesite="Lax",
                path="/",
            )
        return response
