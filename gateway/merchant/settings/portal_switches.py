"""The merchant's switches as the settings page shows them: in sections, each with one sentence that says what
it does.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import NamedTuple

from cache.records.portal.portal_settings import PortalSettings
from gateway.document_kinds import DOCUMENT_PAGES


class Switch(NamedTuple):
    """name: of PortalSettings. description: one sentence."""

    name: str
    title: str
    description: str


class Section(NamedTuple):
    title: str
    description: str
    switches: tuple[Switch, ...]


def _module_switches() -> Iterator[Switch]:
    switched = [(row.switch, row.module) for row in DOCUMENT_PAGES.values() if row.switch]
    for switch, module in sorted(switched, key=lambda entry: entry[0].position):
        yield Switch(f"shows_{module}", switch.title, switch.description)


VISIBILITY = Section(
    "What clients see",
    "A page that is off is gone from the menu, and its address answers that there is nothing.",
    (
        *_module_switches(),
        Switch("shows_statement", "Statement", "Everything owed and paid between two days, on one page."),
        Switch(
            "shows_cards",
            "Cards and bank accounts",
            "Their last digits, and when a card ends, as Zoho keeps them.",
        ),
        Switch(
            "shows_terms",
            "Terms and conditions",
            "The terms written on an estimate or an invoice stand under it.",
        ),
    ),
)
ESTIMATES = Section(
    "Estimates and words",
    "What clients may answer, and what they may write to you.",
    (
        Switch(
            "may_accept",
            "Clients may accept estimates",
            "Shows Accept on every estimate that waits for an answer.",
        ),
        Switch("may_decline", "Clients may decline estimates", "Shows Decline under More."),
        Switch(
            "asks_decline_reason",
            "Ask why when an estimate is declined",
            "The reason is optional; it becomes a comment in Zoho.",
        ),
        Switch(
            "may_comment",
            "Clients may comment on estimates and invoices",
            "The comment stands in Zoho with the client's name in it.",
        ),
        Switch(
            "shows_review",
            "Clients may leave a review",
            "They rate how it went; only you see what they wrote.",
        ),
        Switch(
            "shows_mail",
            "Show your mail address as a link",
            "Clients can write to you with one click from the contact page.",
        ),
        Switch(
            "may_share_links",
            "Clients may share a document",
            "Whoever has their link sees that one document, for fourteen days.",
        ),
    ),
)
PAYING = Section(
    "Paying",
    "Card numbers never come here: clients pay on Zoho's own page, or by bank.",
    (
        Switch("may_pay", "Clients may pay invoices", "Shows Pay on every invoice that is open."),
        Switch(
            "may_report_payment",
            "Clients may report payments made elsewhere",
            "Nothing is booked before you have confirmed it here.",
        ),
        Switch(
            "may_apply_credit",
            "Clients may use their credit",
            "Open credit notes and what is left of payments go towards an invoice.",
        ),
        Switch(
            "may_replace_card",
            "Clients may replace cards and bank accounts",
            "On Zoho's own page. None can be added here.",
        ),
    ),
)
DETAILS = Section(
    "Clients' details",
    "What is changed here changes in Zoho Books. You decide field by field.",
    (
        Switch(
            "may_edit_details",
            "Clients may edit their details",
            "Off: all of it can be read and none of it changed.",
        ),
    ),
)
SIGNING_IN = Section(
    "Signing in",
    "",
    (
        Switch(
            "requires_second_factor",
            "Clients need a second step to sign in",
            "A code from an app, beside the password.",
        ),
        Switch(
            "may_sign_in_by_link",
            "Clients may sign in by a link",
            "By mail, in place of the password; a second step is still asked.",
        ),
    ),
)

SECTIONS = (VISIBILITY, ESTIMATES, PAYING, DETAILS, SIGNING_IN)
SWITCHES = tuple(switch for section in SECTIONS for switch in section.switches)

OTHER_TITLES = {
    "pay_route": "Way of paying",
    "bank_details": "Bank details",
    "unique_payment_field": "Field against duplicate payments",
    "asks_before_edit": "Details you are asked about",
    "locks_edit": "Details that are locked",
    "fresh_minutes": "Freshness limit",
    "language": "Language",
    "says_quote": "Quote or estimate",
    "portal_name": "Portal name",
    "colour": "Colour",
    "logo": "Logo",
    "banner": "Banner",
    "welcome": "Welcome",
}
TITLES = {**{switch.name: switch.title for switch in SWITCHES}, **OTHER_TITLES}


def setting_changes(before: PortalSettings, after: PortalSettings) -> dict[str, str]:
    """Title → how it stands now, for the activity; only what changed."""
    changed = (
        field.name
        for field in dataclasses.fields(PortalSettings)
        if getattr(before, field.name) != getattr(after, field.name)
    )
    return {TITLES.get(name, name): _value_text(getattr(after, name)) for name in changed}


def _value_text(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return str(value) or "none"
