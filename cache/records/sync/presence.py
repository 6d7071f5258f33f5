"""When a client was last present: an organisation with active clients is synced more often."""

from __future__ import annotations

import datetime as dt
from typing import Any

from redis import Redis

from cache.clock import from_seconds, store_now
from cache.records.sync import keys as sync_keys

TTL = 30 * 24 * 3600


class Presence:
    def __init__(self, records: Redis) -> None:
        self._records = records

    def note(self, org: str) -> dt.datetime | None:
        """Record a client's page view. Returns the time of the one before, None if there was none for a
        month.
        """
        now = store_now(self._records).timestamp()
        before: Any = self._records.set(sync_keys.client_seen(org), f"{now:.3f}", ex=TTL, get=True)
        return from_seconds(float(before)) if before else None

    def last_seen(self, org: str) -> dt.datetime | None:
        seconds: Any = self._records.get(sync_keys.client_seen(org))
        return from_seconds(float(seconds)) if seconds else None
