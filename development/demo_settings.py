"""The settings of a development copy: all on loopback, the sandbox as Zoho, emails into a folder."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping

from development.places import Places

NAMES = {"us": "United States (sandbox)", "eu": "Europe (sandbox)", "in": "India (sandbox)"}

QUICK = {"FOYER_ORDER_SETTLE": "5", "FOYER_ORDER_SWEEP": "1", "FOYER_SYNC_INTERVAL": "15"}
"""Seconds, short enough to watch. Never used with Zoho itself: they would spend a day's calls in an hour, and
five seconds are too short a settle time for a real server.
"""


def uses_real_zoho(environ: Mapping[str, str]) -> bool:
    """Whether the user configured their own Zoho client: then no sandbox is started."""
    return any(name.startswith("FOYER_ZOHO_CLIENT_ID") and value for name, value in environ.items())


def settings_of(
    places: Places, environ: Mapping[str, str], *, records_url: str, copies_url: str
) -> dict[str, str]:
    """The environment for the product's processes. The user's own variables win, except for the port."""
    places.folder.mkdir(parents=True, exist_ok=True)
    ours = {
        "FOYER_ENVIRONMENT": "development",
        "FOYER_PORTAL_URL": places.portal,
        "REDIS_URL": records_url,
        "CACHE_REDIS_URL": copies_url,
        "FOYER_SEALING_KEYS": _sealing_key(places),
        "FOYER_MAIL_DELIVERY": "folder",
        "FOYER_MAIL_FOLDER": str(places.folder / "mails"),
        "FOYER_MAIL_FROM": "portal@foyer.example",
    }
    if not uses_real_zoho(environ):
        ours |= _sandbox_as_zoho(places) | QUICK
    theirs = {name: value for name, value in environ.items() if value or name not in ours}
    # The port belongs to this copy: a PORT set in the shell for something else must not move the web server.
    return {**ours, **theirs, "PORT": str(places.base), "PYTHONUNBUFFERED": "1"}


def _sandbox_as_zoho(places: Places) -> dict[str, str]:
    table = places.folder / "data_centres.json"
    hosts = {
        code: {"name": NAMES[code], "accounts_url": places.sandbox(code), "api_url": places.sandbox(code)}
        for code in places.sandbox_ports
    }
    table.write_text(json.dumps(hosts, indent=1), encoding="utf-8")
    clients = {"FOYER_DATA_CENTRES": str(table)}
    for code in places.sandbox_ports:
        clients[f"FOYER_ZOHO_CLIENT_ID_{code.upper()}"] = f"foyer-sandbox-{code}"
        clients[f"FOYER_ZOHO_CLIENT_SECRET_{code.upper()}"] = f"sandbox-secret-{code}"
    return clients


def _sealing_key(places: Places) -> str:
    """Created on first use and kept beside the data it seals, never in the repository."""
    file = places.folder / "sealing.key"
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(base64.urlsafe_b64encode(os.urandom(32)).decode())
    return file.read_text(encoding="utf-8").strip()
