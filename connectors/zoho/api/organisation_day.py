"""Zoho's day of calls is the organisation's calendar day (zoho.md 3.1)."""

from __future__ import annotations

import datetime as dt

from config.time_zones import zone_named


def seconds_to_midnight(time_zone: str, now: dt.datetime | None = None) -> float:
    """Seconds until the organisation's next midnight; UTC's when the zone is unknown to this machine."""
    zone = zone_named(time_zone)
    here = (now or dt.datetime.now(dt.UTC)).astimezone(zone)
    midnight = dt.datetime.combine(here.date() + dt.timedelta(days=1), dt.time(), tzinfo=zone)
    return (midnight.astimezone(dt.UTC) - here.astimezone(dt.UTC)).total_seconds()
