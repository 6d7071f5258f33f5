"""The portal answers only to its own host name. A forged Host header must not end up in a cache or an
email, and DNS rebinding must not let another site read pages.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request

from config.settings import LOOPBACK, Settings
from gateway.web.errors import error_page

HEALTH_ENDPOINTS = frozenset({"health.alive", "health.ready"})
"""Asked from inside by whatever address the machine has there."""

USUAL_PORTS = {"https": 443, "http": 80}


def answer_to_own_host_only(app: Flask, settings: Settings) -> None:
    """Any other host gets 421. On loopback (development and tests) every loopback name is accepted."""
    portal = urlsplit(settings.portal_url)
    is_local = portal.hostname in LOOPBACK
    usual = USUAL_PORTS[portal.scheme]

    def is_ours(host: str) -> bool:
        try:
            asked = urlsplit(f"//{host}")
            if is_local:
                return asked.hostname in LOOPBACK
            return asked.netloc == host and (asked.hostname, asked.port or usual) == (
                portal.hostname,
                portal.port or usual,
            )
        except ValueError:
            return False

    @app.before_request
    def check_host() -> Response | None:
        return None if request.endpoint in HEALTH_ENDPOINTS or is_ours(request.host) else error_page(421)
