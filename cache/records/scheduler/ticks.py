"""Ticks of the clock: two clocks may run, each slot is handled by one of them."""

from __future__ import annotations

from redis import Redis

from cache.records.scheduler import keys as scheduler_keys


class Ticks:
    def __init__(self, records: Redis) -> None:
        self._records = records

    def take(self, name: str, *, every: int) -> bool:
        """Whether this caller wins the current slot of `every` seconds, by the store's clock."""
        seconds, _ = self._records.time()
        return bool(
            self._records.set(scheduler_keys.tick(name, int(seconds) // every), "1", nx=True, ex=2 * every)
        )
