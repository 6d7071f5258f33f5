"""What is due when: one sorted set per kind of work. The clock enqueues it; a lost job is enqueued again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from redis import Redis

from cache.clock import from_seconds
from cache.lua import load_script
from cache.records.scheduler import keys as scheduler_keys

CLAIM_DUE = load_script(__package__, "due_times_claim_due")

SET_IN = load_script(__package__, "due_times_set_in")


class DueTimes:
    """name: "orders", "sync", "mail", "grants", "links", "digests" or "bulk". Times are the store's own."""

    def __init__(self, records: Redis, name: str) -> None:
        self._records, self._key = records, scheduler_keys.due(name)
        self._claim_due = records.register_script(CLAIM_DUE)
        self._set_in = records.register_script(SET_IN)

    def set_in(self, member: str, seconds: float) -> None:
        """Due `seconds` from now, replacing any earlier or later time."""
        self._set_in(keys=[self._key], args=[member, seconds, ""])

    def sooner(self, member: str, seconds: float) -> None:
        """Due `seconds` from now unless it is due earlier; added if absent."""
        self._set_in(keys=[self._key], args=[member, seconds, "sooner"])

    def remove(self, member: str) -> None:
        self._records.zrem(self._key, member)

    def due(self, limit: int) -> list[str]:
        """What is due now, oldest first; reading changes nothing."""
        seconds, micros = self._records.time()
        found: Any = self._records.zrange(
            self._key, "-inf", seconds + micros / 1_000_000, byscore=True, offset=0, num=limit
        )
        return list(found)

    def claim_due(self, limit: int, *, lease: float) -> list[str]:
        """What is due now, oldest first, postponed by `lease` seconds: enqueued again if the work sets no new
        time before.
        """
        return list(self._claim_due(keys=[self._key], args=[limit, lease]))

    def at(self, member: str) -> dt.datetime | None:
        """When it is due; None if it is not waiting."""
        score: Any = self._records.zscore(self._key, member)
        return None if score is None else from_seconds(score)

    def without_time(self, members: Sequence[str]) -> list[str]:
        """Those of `members` that are not waiting: one query for all of them."""
        if not members:
            return []
        scores: Any = self._records.zmscore(self._key, list(members))
        return [member for member, score in zip(members, scores, strict=True) if score is None]

    def how_many_late(self, *, by: float) -> int:
        """How many are overdue by more than `by` seconds: a sign that no worker is listening."""
        seconds, _ = self._records.time()
        return int(self._records.zcount(self._key, "-inf", seconds - by))
