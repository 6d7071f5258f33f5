"""What an error means for the breaker: whether Zoho answered."""

from __future__ import annotations

from cache.copies.breaker import CallOutcome
from connectors.zoho.api.errors import ZohoBusy, ZohoError, ZohoUnavailable


def breaker_outcome(error: ZohoError) -> CallOutcome:
    """A refusal counts as an answer. ZohoBusy may come from our own call budget, so it counts as neither."""
    if isinstance(error, ZohoBusy):
        return CallOutcome.NOT_ASKED
    return CallOutcome.NO_ANSWER if isinstance(error, ZohoUnavailable) else CallOutcome.ANSWERED
