"""The language of a request.

First match: the client's own choice (initially from their Zoho customer) → this browser's choice → the
merchant's portal setting → Accept-Language → English. Merchant pages are English.
"""

from __future__ import annotations

from flask import g, has_request_context, request

from cache.records.accounts.accounts import ClientAccount
from cache.records.portal.portal_settings import PortalSettings
from config.languages import SOURCE, first_supported, language_of
from gateway.web.preference_cookies import store_preference, stored_preference

COOKIE = "language"


def current_language() -> str:
    """Language code of this request; English outside one. Reads no store."""
    if not has_request_context():
        return SOURCE
    visit = g.get("visit")
    # Before the access check there is no visit yet, so a language found then must be recomputed.
    if "language_found" not in g or g.language_found[0] is not visit:
        g.language_found = (visit, _find(visit))
    found: str = g.language_found[1]
    return found


def set_browser_language(language: str) -> None:
    """Sets this browser's language; "" clears it."""
    store_preference(COOKIE, language)
    g.pop("language_found", None)


def browser_language() -> str:
    """The language chosen in this browser; "" for none."""
    return language_of(stored_preference(COOKIE))


def use_language_of(account: ClientAccount, settings: PortalSettings) -> None:
    """For a page opened from an emailed link: the account is known without sign-in. A choice made in this
    browser takes precedence.
    """
    known = browser_language() or language_of(account.language) or language_of(settings.language)
    if known:
        g.language_found = (g.get("visit"), known)


def _find(visit: object) -> str:
    if (request.blueprint or "").startswith("merchant_"):
        return SOURCE
    account, settings = getattr(visit, "account", None), getattr(visit, "settings", None)
    own = account.language if isinstance(account, ClientAccount) else ""
    portals = settings.language if isinstance(settings, PortalSettings) else ""
    return (
        language_of(own)
        or browser_language()
        or language_of(portals)
        or first_supported(request.accept_languages.values())
    )
