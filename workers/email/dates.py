"""Dates in emails, in the reader's language."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_date


def format_day(language: str, day: str) -> str:
    """ "2026-11-23" → "23 November 2026" in the language's format; "" for none."""
    return format_date(dt.date.fromisoformat(day), "long", locale=language) if day else ""
