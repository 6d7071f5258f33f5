"""What a letter needs beside its own values: who it is from and to, in which language, and where its links
lead.
"""

from __future__ import annotations

from cache.records.letter_kinds import LETTER_KINDS, Reader
from cache.records.letters import Letter
from cache.records.portal_settings import PortalSettings
from config.colours import light_accent
from config.languages import SOURCE, language_of
from workers.job_setup import Resources
from workers.letters.written import Surroundings

STOP = "/letters/stop/"
"""Where one click stops a kind of letter; the gateway's route (gateway/views/letter_stops.py)."""


FOYER = "Foyer"
"""Whose letter it is when it is about accounts with several merchants."""


def surroundings(desk: Resources, letter: Letter) -> Surroundings:
    """Raises SealBroken for a letter whose link was sealed with a key that is gone."""
    kind, settings, portal = (
        LETTER_KINDS[letter.kind],
        desk.portal_settings.get(letter.org),
        desk.settings.portal_url,
    )
    is_to_client = kind.reader is Reader.CLIENT
    path = desk.letters.path_of(letter)
    stop = (
        desk.letter_choices.stop_word(letter.account_id, kind.name)
        if kind.is_stoppable and letter.account_id
        else ""
    )
    return Surroundings(
        person=_name(desk, letter),
        merchant=portal_name(desk, letter.org, settings),
        portal=portal,
        language=_language(desk, letter, settings) if is_to_client else SOURCE,
        link=portal + path if path else "",
        stop_link=portal + STOP + stop if stop else "",
        colour=light_accent(settings.colour).accent if settings.colour else "",
        says_quote=settings.says_quote,
    )


def portal_name(desk: Resources, org: str, settings: PortalSettings) -> str:
    """What clients know the merchant as."""
    connection = desk.connections.get(org)
    return settings.name_over(connection.name if connection is not None else FOYER)


def answers_to(desk: Resources, letter: Letter) -> str:
    """Where answers go: to the letter's own address, else the organisation's, else that of somebody who looks
    after it.
    """
    if letter.reply_to or LETTER_KINDS[letter.kind].reader is Reader.MERCHANT:
        return letter.reply_to
    return merchant_address(desk, letter.org)


def merchant_address(desk: Resources, org: str) -> str:
    """The organisation's own mail address as Zoho has it, else that of the first person who looks after it
    here.
    """
    connection = desk.connections.get(org)
    own = str(connection.profile.get("email", "")) if connection is not None else ""
    return own or next((merchant.email for merchant in desk.merchants.for_org(org) if merchant.email), "")


def _name(desk: Resources, letter: Letter) -> str:
    if letter.account_id:
        account = desk.accounts.get(letter.account_id)
        return account.name if account is not None else ""
    merchant = desk.merchants.get(letter.merchant_id) if letter.merchant_id else None
    return merchant.name if merchant is not None else letter.values.get("name", "")


def _language(desk: Resources, letter: Letter, settings: PortalSettings) -> str:
    """The person's own choice, else that of the page which asked for the letter, else the portal's, else
    English: a letter has no browser to ask.
    """
    account = desk.accounts.get(letter.account_id) if letter.account_id else None
    own, asked_in = account.language if account is not None else "", letter.values.get("asked_in", "")
    return language_of(own) or language_of(asked_in) or language_of(settings.language) or SOURCE
