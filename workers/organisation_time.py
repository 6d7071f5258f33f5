"""The organisation's own clock: its calendar day decides what has expired (zoho.md 4.1), and mornings come
where the merchant is.
"""

from __future__ import annotations

import datetime as dt

from config.time_zones import zone_named
from workers.services import Services


def local_time(services: Services, org: str, moment: dt.datetime) -> dt.datetime:
    """The moment in the organisation's time zone; in UTC where none is known."""
    connection = services.connections.get(org)
    return moment.astimezone(zone_named(connection.time_zone if connection else ""))


def seconds_until(hour: int, now: dt.datetime) -> float:
    """From `now`, which has a zone, until its clock next shows this full hour; a day that is shorter or
    longer counts as it is.
    """
    at = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    if at <= now:
        at = (at + dt.timedelta(days=1)).replace(hour=hour)
    return (at.astimezone(dt.UTC) - now.astimezone(dt.UTC)).total_seconds()
