"""Heartbeats of the workers and clocks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from redis import Redis

from cache.clock import from_text
from cache.records.scheduler import keys as scheduler_keys

TTL = 7 * 24 * 3600


class Heartbeats:
    """process_kind: push, pull, mail or clock."""

    def __init__(self, records: Redis) -> None:
        self._records = records

    def beat(self, process_kind: str) -> None:
        self._records.set(scheduler_keys.heartbeat(process_kind), dt.datetime.now(dt.UTC).isoformat(), ex=TTL)

    def last(self, process_kind: str) -> dt.datetime | None:
        text: Any = self._records.get(scheduler_keys.heartbeat(process_kind))
        return from_text(text)
