"""The session cookie and its record. The cookie holds only an opaque id; the data stays in Redis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from flask import Flask, Response, g, request

from cache.records.sign_in.sessions import TOUCH_AFTER, Session
from gateway.web.devices import device_of
from gateway.web.services import services

ENDS_WITH_BROWSER = None


def cookie_name() -> str:
    """`__Host-` binds the cookie to this host and to https; plain http is used only on loopback, in
    development and tests.
    """
    return "__Host-foyer" if is_https() else "foyer"


def current_session() -> Session | None:
    """This request's session, read once; None without a cookie or once the session has ended or expired."""
    if "session_looked_up" not in g:
        g.session_looked_up = True
        cookie = request.cookies.get(cookie_name(), "")
        g.foyer_session = services().sessions.get(cookie) if cookie else None
        g.foyer_cookie = cookie
        if (
            g.foyer_session is not None
            and dt.datetime.now(dt.UTC) - g.foyer_session.last_seen_at >= TOUCH_AFTER
        ):
            services().sessions.touch(cookie)
    session: Session | None = g.foyer_session
    return session


def start_session(  # noqa: PLR0913 - to be grouped with the fields it fills
    kind: str,
    subject: str,
    org: str = "",
    *,
    opened: Mapping[str, str] | None = None,
    passed: Mapping[str, str] | None = None,
    awaiting: str = "",
    since: dt.datetime | None = None,
) -> Session:
    """Start a session under a new id and end the previous one, including a visitor's (session fixation).
    opened, passed, awaiting, since: see cache/records/sign_in/sessions.py.
    """
    current_session()
    if g.foyer_cookie:
        services().sessions.end(g.foyer_cookie)
    cookie, session = services().sessions.start(
        kind,
        subject,
        org,
        opened=opened,
        passed=passed,
        awaiting=awaiting,
        since=since,
        device=device_of(request.headers.get("User-Agent", "")),
    )
    g.session_looked_up, g.foyer_session, g.foyer_cookie, g.cookie_to_send = True, session, cookie, cookie
    return session


def renew_session(
    session: Session, *, opened: Mapping[str, str] | None = None, passed: Mapping[str, str] | None = None
) -> Session:
    """Continue this session under a new id, because its privileges changed (session fixation)."""
    return start_session(
        session.kind,
        session.subject,
        session.org,
        opened=session.opened if opened is None else opened,
        passed=session.passed if passed is None else passed,
        awaiting=session.awaiting,
        since=session.started_at,
    )


def session_or_visitor() -> Session:
    """The current session, or a new visitor's session, so that forms before sign-in have CSRF protection
    too.
    """
    return current_session() or start_session("visitor", "")


def end_session() -> None:
    """End this session and delete its cookie."""
    current_session()
    if g.foyer_cookie:
        services().sessions.end(g.foyer_cookie)
    g.foyer_session, g.foyer_cookie, g.cookie_to_send = None, "", ""


def send_session_cookie(app: Flask) -> None:
    """Sets or clears the cookie on the response to a request that started or ended a session."""

    @app.after_request
    def send(response: Response) -> Response:
        cookie = g.get("cookie_to_send")
        if cookie is None:
            return response
        if cookie:
            response.set_cookie(
                cookie_name(),
                cookie,
                max_age=ENDS_WITH_BROWSER,
                secure=is_https(),
                httponly=True,
                samesite="Lax",
                path="/",
            )
        else:
            response.delete_cookie(cookie_name(), secure=is_https(), httponly=True, samesite="Lax", path="/")
        return response


def is_https() -> bool:
    """Whether browsers reach this portal over https; decides the cookies' Secure flag."""
    return services().settings.portal_url.startswith("https://")
