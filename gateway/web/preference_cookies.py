"""Cookies for this browser's display preferences. They grant no access, hold one value each and are
validated where they are read.
"""

from __future__ import annotations

from flask import Flask, Response, g, request

from gateway.web.sessions import is_https

COOKIE_LIFETIME = 365 * 24 * 3600
"""Seconds."""


def preference_cookie_name(name: str) -> str:
    return f"__Host-foyer-{name}" if is_https() else f"foyer-{name}"


def stored_preference(name: str) -> str:
    """The browser's choice, in this request or earlier; "" for none."""
    chosen: dict[str, str] = g.get("preferences_to_send", {})
    return chosen[name] if name in chosen else request.cookies.get(preference_cookie_name(name), "")


def store_preference(name: str, value: str) -> None:
    """Sets the browser's choice; "" clears it. The cookie is sent with this response."""
    g.setdefault("preferences_to_send", {})[name] = value


def send_preference_cookies(app: Flask) -> None:
    """Sets the cookies on the response to a choice."""

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
