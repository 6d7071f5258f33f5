"""What an email needs besides its own values: sender, recipient, language, and base URL of its links."""

from __future__ import annotations

from cache.records.email.email_kinds import EMAIL_KINDS, EmailReader
from cache.records.email.emails import Email
from cache.records.portal.portal_settings import PortalSettings
from config.colours import light_accent
from config.languages import SOURCE, language_of
from workers.email.rendering import RenderContext
from workers.services import Services

UNSUBSCRIBE_PATH = "/letters/stop/"
"""The link that stops one kind of email; the gateway's route
(gateway/account/preferences/unsubscribe_views.py).
"""


FOYER = "Foyer"
"""The sender's name in emails about accounts at several merchants."""


def render_context(services: Services, email: Email) -> RenderContext:
    """Raises SealBroken if the email's link was sealed with a key that no longer exists."""
    kind, settings, portal = (
        EMAIL_KINDS[email.kind],
        services.portal_settings.get(email.org),
        services.settings.portal_url,
    )
    is_to_client = kind.reader is EmailReader.CLIENT
    path = services.emails.path_of(email)
    stop = (
        services.email_preferences.unsubscribe_token(email.account_id, kind.name)
        if kind.is_stoppable and email.account_id
        else ""
    )
    return RenderContext(
        person=_name(services, email),
        merchant=portal_name(services, email.org, settings),
        portal=portal,
        language=_language(services, email, settings) if is_to_client else SOURCE,
        link=portal + path if path else "",
        unsubscribe_link=portal + UNSUBSCRIBE_PATH + stop if stop else "",
        colour=light_accent(settings.colour).accent if settings.colour else "",
        says_quote=settings.says_quote,
    )


def portal_name(services: Services, org: str, settings: PortalSettings) -> str:
    """The merchant's name in the portal."""
    connection = services.connections.get(org)
    return settings.displayed_name(connection.name if connection is not None else FOYER)


def reply_address(services: Services, email: Email) -> str:
    """Reply-To: the email's own address, else the organisation's, else that of one of its merchants."""
    if email.reply_to or EMAIL_KINDS[email.kind].reader is EmailReader.MERCHANT:
        return email.reply_to
    return merchant_address(services, email.org)


def merchant_address(services: Services, org: str) -> str:
    """The organisation's email address in Zoho, else that of its first merchant here."""
    connection = services.connections.get(org)
    own = str(connection.profile.get("email", "")) if connection is not None else ""
    return own or next((merchant.email for merchant in services.merchants.for_org(org) if merchant.email), "")


def _name(services: Services, email: Email) -> str:
    if email.account_id:
        account = services.accounts.get(email.account_id)
        return account.name if account is not None else ""
    merchant = services.merchants.get(email.merchant_id) if email.merchant_id else None
    return merchant.name if merchant is not None else email.values.get("name", "")


def _language(services: Services, email: Email, settings: PortalSettings) -> str:
    """The person's own choice, else that of the page that caused the email, else the portal's, else English:
    an email has no Accept-Language.
    """
    account = services.accounts.get(email.account_id) if email.account_id else None
    own, asked_in = account.language if account is not None else "", email.values.get("asked_in", "")
    return language_of(own) or language_of(asked_in) or language_of(settings.language) or SOURCE
