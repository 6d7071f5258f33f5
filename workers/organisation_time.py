"""The organisation's own clock: its calendar day decides what has expired (FACTS 4.1), and mornings come where the merchant is."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workers.job_setup import Resources


def local_time(desk: Resources, org: str, moment: dt.datetime) -> dt.datetime:
    """The moment in the organisation's time zone; UTC where none is known."""
    connection = desk.connections.get(org)
    try:
        return moment.astimezone(ZoneInfo(connection.time_zone) if connection and connection.time_zone else dt.UTC)
    except (ZoneInfoNotFoundError, ValueError):
        return moment.astimezone(dt.UTC)


def seconds_until(hour: int, now: dt.datetime) -> float:
    """From `now`, which has a zone, until its clock next shows this full hour; a day that is shorter or longer counts as it is."""
    at = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    if at <= now:
        at = (at + dt.timedelta(days=1)).replace(hour=hour)
    return (at.astimezone(dt.UTC) - now.astimezone(dt.UTC)).total_seconds()
