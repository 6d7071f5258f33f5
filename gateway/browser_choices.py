"""Cookies that keep how this browser's pages look and read. They open nothing, hold one word each, and are
checked where they are read.
"""

from __future__ import annotations

from flask import Flask, Response, g, request

from gateway.sessions import is_https

KEPT_FOR = 365 * 24 * 3600
"""Seconds."""


def choice_cookie_name(name: str) -> str:
    return f"__Host-foyer-{name}" if is_https() else f"foyer-{name}"


def kept_choice(name: str) -> str:
    """What this browser chose, in this request or before; "" for nothing."""
    chosen: dict[str, str] = g.get("choices_to_send", {})
    return chosen[name] if name in chosen else request.cookies.get(choice_cookie_name(name), "")


def keep_choice(name: str, value: str) -> None:
    """This browser's choice from now on, "" for none: the cookie goes out with this answer."""
    g.setdefault("choices_to_send", {})[name] = value


def send_choice_cookies(app: Flask) -> None:
    """Sets the cookies on the answer to a choice."""

    @app.after_request
    def send_choices(response: Response) -> Response:
        for name, value in g.get("choices_to_send", {}).items():
            response.set_cookie(
                choice_cookie_name(name),
                value,
                max_age=KEPT_FOR if value else 0,
                secure=is_https(),
                httponly=True,
                samesite="Lax",
                path="/",
            )
        return response
