"""What a ZohoError means for an order: its state, its message and its delay. Pure."""

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
"""Seconds between two tries while only a person can resolve it."""

SCOPE_MISSING = 10.0
"""Zoho answers a token it has just dropped with the same code 57 (zoho.md 3.2), so the first retries come
soon.
"""


@dataclass(frozen=True)
class FailurePolicy:
    """message: for people. at_least: seconds before the next try. zoho_message: Zoho's own, "" if there was
    none.
    """

    message: str
    at_least: float
    zoho_message: str


def failure_policy_for(error: ZohoError) -> FailurePolicy:
    """A message that stays the same from try to try, so that a long outage is one step of the receipt, not
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
            "The merchant's connection to Zoho does not allow this. It goes on when the merchant has "
            "allowed it."
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
    """Zoho's own message: only responses with Zoho's envelope have one; the others are ours."""
    return error.reason if error.code is not None else ""
