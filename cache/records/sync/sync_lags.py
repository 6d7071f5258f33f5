"""How late changes arrived: seconds from Zoho's modification time to storage, per list."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from redis import Redis

from cache.records.sync import keys as sync_keys

SAMPLES = 500
TTL = 14 * 24 * 3600


@dataclass(frozen=True)
class LagFigures:
    """Seconds; of the last `count` changes."""

    count: int
    median: float
    at_95: float


class SyncLags:
    def __init__(self, records: Redis) -> None:
        self._records = records

    def note(self, org: str, list_name: str, seconds: Sequence[float]) -> None:
        """Add changes. Negative lags count as 0: Zoho's clock may be ahead of ours."""
        if not seconds:
            return
        key = sync_keys.sync_lags(org, list_name)
        with self._records.pipeline(transaction=False) as pipe:
            pipe.lpush(key, *(f"{max(0.0, second):.1f}" for second in seconds[-SAMPLES:]))
            pipe.ltrim(key, 0, SAMPLES - 1)
            pipe.expire(key, TTL)
            pipe.execute()

    def figures(self, org: str, list_name: str) -> LagFigures | None:
        """None before the first change."""
        texts: Any = self._records.lrange(sync_keys.sync_lags(org, list_name), 0, SAMPLES - 1)
        if not texts:
            return None
        sorted_ones = sorted(float(text) for text in texts)
        return LagFigures(len(sorted_ones), _at(sorted_ones, 0.5), _at(sorted_ones, 0.95))


def _at(sorted_ones: list[float], share: float) -> float:
    """The smallest value that at least this share does not exceed."""
    return sorted_ones[max(0, math.ceil(share * len(sorted_ones)) - 1)]
