"""Time zones by Zoho's names."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def zone_named(name: str) -> dt.tzinfo:
    """UTC if the name is empty or unknown to this machine."""
    try:
        return ZoneInfo(name) if name else dt.UTC
    except (ZoneInfoNotFoundError, ValueError):
        return dt.UTC
