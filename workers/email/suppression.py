"""Whether an email may still be sent: skip what was switched off, unsubscribed or revoked meanwhile."""

from __future__ import annotations

from cache.records.accounts.accounts import AccountState, ClientAccount, normal_email
from cache.records.connections.connection import ConnectionState
from cache.records.email.email_kinds import EMAIL_KINDS, EmailKind, EmailReader, Mode
from cache.records.email.emails import Email
from workers.services import Services


def suppression_reason(services: Services, email: Email) -> str:
    """The reason in one sentence, "" if it may be sent."""
    kind = EMAIL_KINDS[email.kind]
    connection = services.connections.get(email.org)
    if (
        kind.reader is EmailReader.CLIENT
        and connection is not None
        and connection.state is ConnectionState.DISCONNECTED
    ):
        return "The portal is closed."
    if services.email_settings.get(email.org).mode(kind.name) is Mode.OFF:
        return "Letters of this kind are switched off."
    if not kind.is_visible(services.portal_settings.get(email.org)):
        return "Your portal does not show what it tells of."
    if email.account_id:
        return _client_suppression_reason(services, kind, email, services.accounts.get(email.account_id))
    if email.merchant_id:
        merchant = services.merchants.get(email.merchant_id)
        if merchant is None or email.org not in merchant.orgs:
            return "This person no longer looks after the organisation."
    return ""


def _client_suppression_reason(
    services: Services, kind: EmailKind, email: Email, account: ClientAccount | None
) -> str:
    if account is None:
        return "The person has no account any more."
    if account.state is AccountState.REVOKED:
        return "The person was revoked before it was sent."
    if account.state is not AccountState.ACTIVE and not kind.goes_before_active:
        return "The person has not signed in yet."
    if normal_email(account.email) != normal_email(email.to):
        return "The person’s address has changed."
    if kind.name in services.email_preferences.unwanted(account.id):
        return "The person does not want letters of this kind."
    return ""
