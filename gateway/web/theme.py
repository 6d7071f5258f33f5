"""Light, dark, or the device's setting: the user's own choice, else this browser's."""

from __future__ import annotations

from flask import g

from cache.records.accounts.accounts import ClientAccount
from config.stored_messages import N_
from gateway.web.preference_cookies import store_preference, stored_preference

COOKIE = "theme"
THEMES = {"": N_("As your device"), "light": N_("Light"), "dark": N_("Dark")}
"""The value of data-theme → its words. The stylesheet holds the colours of both."""


def page_theme() -> str:
    """ "light" or "dark"; "" to follow the device."""
    account = getattr(g.get("visit"), "account", None)
    own = account.theme if isinstance(account, ClientAccount) else ""
    theme = own or stored_preference(COOKIE)
    return theme if theme in THEMES else ""


def set_browser_theme(theme: str) -> None:
    """Sets this browser's theme, also for pages before sign-in. theme: a key of THEMES."""
    store_preference(COOKIE, theme)
