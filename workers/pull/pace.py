"""How long until an organisation's next sync: often while clients read, seldom while nothing happens, and
never so often that the day's calls run out. Pure.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cache.records.sync.sync_state import SLEEP_FACTOR
from config.settings import Settings

ONLINE_FOR = dt.timedelta(minutes=15)
"""How long a client counts as present after a page view."""

ASLEEP_AFTER = dt.timedelta(days=1)
STILL_AFTER = dt.timedelta(days=7)

IDLE_FACTOR = 6
"""Factor on the usual interval while no client is present; SLEEP_FACTOR after a day without one and a week
without a change.
"""

LONGEST_PAUSE = float(SLEEP_FACTOR * Settings.sync_interval)
"""Seconds: the pause of an organisation asleep at the default interval. With spent calls the check repeats as
often, since another program may have stopped or the limit been raised.
"""


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


def pause(inputs: PaceInputs, *, interval: float) -> float:
    """Seconds until the next sync. interval: between syncs while clients are present. At most LONGEST_PAUSE,
    unless the interval itself is longer.
    """
    return min(max(interval * _factor(inputs), _spacing(inputs)), max(LONGEST_PAUSE, interval))


def _factor(inputs: PaceInputs) -> int:
    if inputs.has_open_orders or (
        inputs.client_seen is not None and inputs.now - inputs.client_seen <= ONLINE_FOR
    ):
        return 1
    asleep = inputs.client_seen is None or inputs.now - inputs.client_seen > ASLEEP_AFTER
    still = inputs.changed is None or inputs.now - inputs.changed > STILL_AFTER
    return SLEEP_FACTOR if asleep and still else IDLE_FACTOR


def _spacing(inputs: PaceInputs) -> float:
    """Spread the remaining calls evenly over the rest of the day."""
    rounds = inputs.quota.calls / max(1, inputs.calls_per_round)
    return inputs.quota.seconds / rounds if rounds > 0 else inputs.quota.seconds
