"""Which language a request is answered in.

The person's own choice, which begins as what Zoho has for their customer → this browser's → the portal's, as
the merchant set it → what the browser asks for → English. The merchant's pages are English.
"""

from __future__ import annotations

from flask import g, has_request_context, request

from cache.records.accounts.accounts import ClientAccount
from cache.records.portal.portal_settings import PortalSettings
from config.languages import SOURCE, first_supported, language_of
from gateway.web.preference_cookies import store_preference, stored_preference

COOKIE = "language"


def current_language() -> str:
    """The code of the language of this request; English outside of one. Asks no store."""
    if not has_request_context():
        return SOURCE
    visit = g.get("visit")
    # Before its access check a request has no visit yet: what was found then does not count afterwards.
    if "language_found" not in g or g.language_found[0] is not visit:
        g.language_found = (visit, _find(visit))
    found: str = g.language_found[1]
    return found


def set_browser_language(language: str) -> None:
    """This browser's choice from now on, "" for none."""
    store_preference(COOKIE, language)
    g.pop("language_found", None)


def browser_language() -> str:
    """What was chosen in this browser by the switch, "" for nothing."""
    return language_of(stored_preference(COOKIE))


def use_language_of(account: ClientAccount, settings: PortalSettings) -> None:
    """On a page that a letter led to: whose it is is known, though nobody has signed in. What was chosen in
    this browser stands before.
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
