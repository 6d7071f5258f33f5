"""What an error says about the line to Zoho: whether anybody answered there."""

from __future__ import annotations

from cache.copies.breaker import CallOutcome
from connectors.zoho.api.errors import ZohoBusy, ZohoError, ZohoUnavailable


def breaker_outcome(error: ZohoError) -> CallOutcome:
    """A refusal is an answer. "Not now" may be our own budget's word: it says nothing."""
    if isinstance(error, ZohoBusy):
        return CallOutcome.NOT_ASKED
    return CallOutcome.NO_ANSWER if isinstance(error, ZohoUnavailable) else CallOutcome.ANSWERED
