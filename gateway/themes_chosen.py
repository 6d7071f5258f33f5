"""Light, dark, or as the device says: the person's own choice, else this browser's."""

from __future__ import annotations

from flask import g

from cache.records.accounts import ClientAccount
from config.phrases import marked
from gateway.browser_choices import keep_choice, kept_choice

COOKIE = "theme"
THEMES = {"": marked("As your device"), "light": marked("Light"), "dark": marked("Dark")}
"""The value of data-theme → its words. The stylesheet holds the colours of both."""


def page_theme() -> str:
    """light or dark; "" to go by the device."""
    account = getattr(g.get("visit"), "account", None)
    own = account.theme if isinstance(account, ClientAccount) else ""
    theme = own or kept_choice(COOKIE)
    return theme if theme in THEMES else ""


def choose_theme(theme: str) -> None:
    """This browser's pages, those before sign-in too. theme: a key of THEMES."""
    keep_choice(COOKIE, theme)
