"""What a ZohoError means for an order that could not go on: where it waits, with which words, for how long.
Pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from config.stored_messages import StoredMessage
from connectors.zoho.api.errors import (
    ZohoAccessLost,
    ZohoBusy,
    ZohoError,
    ZohoScopeMissing,
    ZohoUnavailable,
    ZohoUnreadable,
)

PERSON_NEEDED = 300.0
"""Seconds between two tries while only a person can change anything."""

SCOPE_MISSING = 10.0
"""Zoho says the same of a token it has just dropped (code 57, zoho.md 3.2), so the first tries are not far
apart.
"""


@dataclass(frozen=True)
class FailurePolicy:
    """message: for people. at_least: seconds before the next try. zoho_message: Zoho's own words, "" if it
    said none.
    """

    message: str
    at_least: float
    zoho_message: str


def failure_policy_for(error: ZohoError) -> FailurePolicy:
    """Words that stay the same from try to try, so that a long outage is one step of the receipt and not
    hundreds.
    """
    zoho_message = zoho_message_of(error)
    if isinstance(error, ZohoBusy):
        return FailurePolicy(
            StoredMessage("Zoho takes no more calls for the moment. It is tried again by itself."),
            error.retry_after,
            "",
        )
    if isinstance(error, ZohoUnavailable):
        return FailurePolicy(
            StoredMessage("Zoho cannot be reached at the moment. It is tried again by itself."), 0.0, ""
        )
    if isinstance(error, ZohoAccessLost):
        message = StoredMessage(
            "The merchant's connection to Zoho has ended. It goes on when the merchant has connected again."
        )
        return FailurePolicy(message, 60.0, zoho_message)
    if isinstance(error, ZohoScopeMissing):
        message = StoredMessage(
            "The merchant's connection to Zoho does not allow this. It goes on when the merchant has allowed it."
        )
        return FailurePolicy(message, SCOPE_MISSING, zoho_message)
    if isinstance(error, ZohoUnreadable):
        return FailurePolicy(
            StoredMessage("Zoho's answer could not be read. It is tried again later."), PERSON_NEEDED, ""
        )
    return FailurePolicy(
        StoredMessage("Zoho did not show what it has. It is tried again later."), PERSON_NEEDED, zoho_message
    )


def zoho_message_of(error: ZohoError) -> str:
    """Zoho's own words: only an answer with Zoho's envelope has some; the rest are ours."""
    return error.reason if error.code is not None else ""
