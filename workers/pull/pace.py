"""How long until an organisation's next sync: often while clients read, seldom while nothing happens, and
never so often that the day's calls run out. Pure.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

ONLINE_FOR = dt.timedelta(minutes=15)
"""How long a client counts as present after a page view."""

ASLEEP_AFTER = dt.timedelta(days=1)
STILL_AFTER = dt.timedelta(days=7)

IDLE = 6
STILL = 12
"""Factors on the usual interval: with no client present, and with none for a day and no change for a week."""


@dataclass(frozen=True)
class Quota:
    """What is left of the organisation's day for the sync: calls, and seconds until the day ends."""

    calls: float
    seconds: float


@dataclass(frozen=True, kw_only=True)
class PaceInputs:
    """now: the store's time. client_seen: when a client last opened a page. changed: when Zoho last had a
    change.
    has_open_orders: whether an order waits for Zoho. calls_per_round: calls of one sync.
    """

    now: dt.datetime
    client_seen: dt.datetime | None
    changed: dt.datetime | None
    has_open_orders: bool
    calls_per_round: int
    quota: Quota


def pause(inputs: PaceInputs, *, interval: float, longest: float) -> float:
    """Seconds until the next sync. interval: between syncs while clients are present. longest: the maximum,
    even if the day's calls are spent: the limit may be raised, or the program that spent them stopped.
    """
    return min(max(interval * _times(inputs), _spacing(inputs)), max(longest, interval))


def _times(inputs: PaceInputs) -> int:
    if inputs.has_open_orders or (
        inputs.client_seen is not None and inputs.now - inputs.client_seen <= ONLINE_FOR
    ):
        return 1
    asleep = inputs.client_seen is None or inputs.now - inputs.client_seen > ASLEEP_AFTER
    still = inputs.changed is None or inputs.now - inputs.changed > STILL_AFTER
    return STILL if asleep and still else IDLE


def _spacing(inputs: PaceInputs) -> float:
    """Spread the remaining calls evenly over the rest of the day."""
    rounds = inputs.quota.calls / max(1, inputs.calls_per_round)
    return inputs.quota.seconds / rounds if rounds > 0 else inputs.quota.seconds
