"""The version of a document: when Zoho says it was last modified, as text that sorts by time."""

from __future__ import annotations

import datetime as dt


def version_of(modified_at: dt.datetime | None) -> str:
    """UTC ISO text, "2026-06-09T13:46:21+00:00"; "" when Zoho names no time, as it does on some records (FACTS
    9.10).
    """
    return "" if modified_at is None else modified_at.astimezone(dt.UTC).isoformat()
