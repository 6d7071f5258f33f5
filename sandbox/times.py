"""Zoho's formats of dates and times (zoho.md 2.4)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZOHO_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}")


def zoho_time(seconds: int, time_zone: str) -> str:
    """Seconds since 1970 as `2026-06-09T09:46:21-0400`, in the organisation's time zone; "" for 0."""
    if not seconds:
        return ""
    return datetime.fromtimestamp(seconds, ZoneInfo(time_zone)).strftime("%Y-%m-%dT%H:%M:%S%z")


def read_zoho_time(text: str) -> int | None:
    """Seconds since 1970; None unless in Zoho's format: offset without colon, no fractions, no Z (zoho.md
    2.6).
    """
    if not ZOHO_TIME.fullmatch(text):
        return None
    try:
        return int(datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z").timestamp())
    except ValueError:
        return None


def read_date(text: str) -> date | None:
    """A date written yyyy-mm-dd, or None."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def date_formatted(text: str, pattern: str) -> str:
    """A yyyy-mm-dd date in the organisation's display format (MM/dd/yyyy, dd.MM.yyyy); "" stays ""."""
    if not text:
        return ""
    year, month, day = text.split("-")
    return pattern.replace("yyyy", year).replace("MM", month).replace("dd", day)


def iso_utc(seconds: int) -> str:
    """Seconds since 1970 as `2026-06-09T13:46:21Z`, for the control API."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
