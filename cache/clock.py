"""Redis' clock, so that processes on several hosts agree, and the format of times in records."""

from __future__ import annotations

import datetime as dt

from redis import Redis


def store_now(store: Redis) -> dt.datetime:
    """The store's time, aware, in UTC."""
    seconds, micros = store.time()
    return dt.datetime.fromtimestamp(seconds, dt.UTC).replace(microsecond=micros)


def from_text(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def from_seconds(seconds: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)
