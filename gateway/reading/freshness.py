"""What a page says about freshness: whether the client may request a check, and when the daily API calls
ran out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import cast

from flask import g

from cache.records.connections.call_budget import DAY_RESERVE, CallClass
from cache.records.sync.checks import CHECK_EVERY
from gateway.web.access import ClientVisit
from gateway.web.services import services

CHECK_DURATION = 8
"""Seconds in which an answer is likely to come: so long the page looks again by itself."""


@dataclass(frozen=True)
class CheckState:
    """wait: seconds until a client of this customer may request another check; 0 for now."""

    wait: int

    @property
    def is_under_way(self) -> bool:
        return self.wait > CHECK_EVERY - CHECK_DURATION


def check_state(visit: ClientVisit) -> CheckState:
    """Call it once per page."""
    if "check_state" not in g:
        g.check_state = CheckState(services().checks.seconds_to_wait(visit.scope))
    return cast(CheckState, g.check_state)


def calls_used_up_until(visit: ClientVisit) -> dt.datetime | None:
    """When syncing resumes, if the sync has used up its share of the organisation's daily calls (zoho.md
    3.1); else None.
    """
    day = services().zoho.books_budget.day(visit.scope.org)
    if (
        day.limit is None
        or day.remaining is None
        or day.resets_at is None
        or day.resets_at <= dt.datetime.now(dt.UTC)
    ):
        return None
    return day.resets_at if day.remaining <= day.limit * DAY_RESERVE[CallClass.SYNC] else None
