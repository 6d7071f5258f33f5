"""The organisation's local time: its calendar day decides what has expired (zoho.md 4.1), and mornings are
the merchant's.
"""

from __future__ import annotations

import datetime as dt

from config.time_zones import zone_named
from workers.services import Services


def local_time(services: Services, org: str, moment: dt.datetime) -> dt.datetime:
    """The time in the organisation's time zone, or in UTC if none is known."""
    connection = services.connections.get(org)
    return moment.astimezone(zone_named(connection.time_zone if connection else ""))


def seconds_until(hour: int, now: dt.datetime) -> float:
    """Seconds from `now` (aware) to the next time its clock shows this full hour, across clock changes."""
    at = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    if at <= now:
        at = (at + dt.timedelta(days=1)).replace(hour=hour)
    return (at.astimezone(dt.UTC) - now.astimezone(dt.UTC)).total_seconds()
