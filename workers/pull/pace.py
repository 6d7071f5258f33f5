"""How long until an organisation is looked at again: often while its clients read, seldom while nothing
happens, and never so often that the day's calls would not last. Pure.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

ONLINE_FOR = dt.timedelta(minutes=15)
"""After a page view, its reader counts as being there for so long."""

ASLEEP_AFTER = dt.timedelta(days=1)
STILL_AFTER = dt.timedelta(days=7)

IDLE = 6
STILL = 12
"""Times the usual interval: with nobody there, and with nobody for a day and nothing changed for a week."""


@dataclass(frozen=True)
class Quota:
    """What is left of the organisation's day for the sync: calls, and seconds until the day ends."""

    calls: float
    seconds: float


@dataclass(frozen=True, kw_only=True)
class PaceInputs:
    """now: the store's time. client_seen: when a client last opened a page. changed: when Zoho last had
    something new.
    has_open_orders: whether somebody waits for an answer to reach Zoho. calls_per_round: calls of one round.
    """

    now: dt.datetime
    client_seen: dt.datetime | None
    changed: dt.datetime | None
    has_open_orders: bool
    calls_per_round: int
    quota: Quota


def pause(inputs: PaceInputs, *, interval: float, longest: float) -> float:
    """Seconds until the next round. interval: between rounds while clients are there. longest: never more
    than this, though the
    day be spent: somebody may raise the limit, or stop the program that used it up.
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
    """What is left of the day, shared out evenly over what is left of its calls."""
    rounds = inputs.quota.calls / max(1, inputs.calls_per_round)
    return inputs.quota.seconds / rounds if rounds > 0 else inputs.quota.seconds
