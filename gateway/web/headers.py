"""Security and caching headers of every response."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request

from config.settings import Settings
from gateway.web.access import STATIC_ENDPOINTS

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
SANDBOXED = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""For a letter shown as its reader sees it: its colours stand in it, nothing in it runs, and it reaches
neither us nor anybody.
"""

IMMUTABLE_ENDPOINTS = frozenset({"branding.colours", "branding.preview", "branding.logo"})
"""Endpoints whose answer hangs on the address alone, and tells nothing that is private."""

EMBEDDED_IN_EMAILS = "branding.logo"
"""Readers of mail on the web show it within pages of other origins."""

ONE_YEAR = 31_536_000
ONE_HOUR = 3_600
"""Seconds."""


def content_security_policy(form_targets: tuple[str, ...] = ()) -> str:
    """Same-origin files only, nothing inline, no framing. form_targets: other origins that a form may lead
    to.

    `data:` images are the small arrows and ticks in Bootstrap's stylesheet.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            " ".join(("form-action 'self'", *form_targets)),
            "base-uri 'none'",
            "object-src 'none'",
            "frame-ancestors 'none'",
        )
    )


def send_response_headers(app: Flask, settings: Settings) -> None:
    """Sets the headers on every response. Private pages are not stored; static files are cached as their
    URL allows.
    """
    is_https = settings.portal_url.startswith("https://")
    everywhere = content_security_policy()
    # Browsers check form-action against redirects too: "Connect Zoho Books" is a form that ends at a Zoho
    # accounts server.
    accounts_servers = {urlsplit(centre.accounts_url) for centre in settings.data_centres.values()}
    for_merchants = content_security_policy(
        tuple(sorted(f"{server.scheme}://{server.netloc}" for server in accounts_servers))
    )

    @app.after_request
    def send(response: Response) -> Response:
        for name, value in ALWAYS.items():
            response.headers[name] = value
        is_merchants = (request.blueprint or "").startswith("merchant_")
        if response.headers.get("Content-Security-Policy") != SANDBOXED:
            response.headers["Content-Security-Policy"] = for_merchants if is_merchants else everywhere
        if is_https:
            response.headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR}; includeSubDomains"
        if (
            request.endpoint in IMMUTABLE_ENDPOINTS
            and response.status_code == 200
            and request.method in ("GET", "HEAD")
        ):
            response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
            if request.endpoint == EMBEDDED_IN_EMAILS:
                response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        elif request.endpoint in STATIC_ENDPOINTS:
            age = f"{ONE_YEAR}, immutable" if "v" in request.args else str(ONE_HOUR)
            response.headers["Cache-Control"] = f"public, max-age={age}"
        else:
            response.headers["Cache-Control"] = "no-store"
        return response
