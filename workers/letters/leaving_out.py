"""Whether a letter may still go when its turn comes: what was switched off, stopped or revoked meanwhile is
left out.
"""

from __future__ import annotations

from cache.records.accounts import AccountState, ClientAccount, normal_email
from cache.records.connection import ConnectionState
from cache.records.letter_kinds import LETTER_KINDS, LetterKind, Mode, Reader
from cache.records.letters import Letter
from workers.job_setup import Resources


def why_left_out(desk: Resources, letter: Letter) -> str:
    """One sentence, "" when it may go."""
    kind = LETTER_KINDS[letter.kind]
    connection = desk.connections.get(letter.org)
    if (
        kind.reader is Reader.CLIENT
        and connection is not None
        and connection.state is ConnectionState.DISCONNECTED
    ):
        return "The portal is closed."
    if desk.letter_settings.get(letter.org).mode(kind.name) is Mode.OFF:
        return "Letters of this kind are switched off."
    if not kind.is_shown(desk.portal_settings.get(letter.org)):
        return "Your portal does not show what it tells of."
    if letter.account_id:
        return _why_not_to_client(desk, kind, letter, desk.accounts.get(letter.account_id))
    if letter.merchant_id:
        merchant = desk.merchants.get(letter.merchant_id)
        if merchant is None or letter.org not in merchant.orgs:
            return "This person no longer looks after the organisation."
    return ""


def _why_not_to_client(
    desk: Resources, kind: LetterKind, letter: Letter, account: ClientAccount | None
) -> str:
    if account is None:
        return "The person has no account any more."
    if account.state is AccountState.REVOKED:
        return "The person was revoked before it was sent."
    if account.state is not AccountState.ACTIVE and not kind.goes_before_active:
        return "The person has not signed in yet."
    if normal_email(account.email) != normal_email(letter.to):
        return "The person’s address has changed."
    if kind.name in desk.letter_choices.unwanted(account.id):
        return "The person does not want letters of this kind."
    return ""
