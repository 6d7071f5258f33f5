"""How many calls to Zoho an organisation may make: one limiter for all processes, with three classes of
callers (zoho.md 3.1).
"""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from redis import Redis

from cache.clock import from_seconds, store_now
from cache.lua import load_script
from cache.records.connections import keys as connection_keys

NOTE_DAY = load_script(__package__, "call_budget_note_day")
TAKE = load_script(__package__, "call_budget_take")

SLOT_HELD_FOR = 60
"""Seconds until a dead caller's slot is free again; longer than any call may take."""

LONGEST_NAP = 0.25

COUNTS_TTL = 8 * 24 * 3600


class CallClass(StrEnum):
    """Who calls: a waiting person, the delivery of an order, or the background sync."""

    PERSON = "person"
    ORDER = "order"
    SYNC = "sync"


MINUTE_RESERVE = {CallClass.PERSON: 0.0, CallClass.ORDER: 0.1, CallClass.SYNC: 0.2}
"""The share of a minute that a class leaves to the classes before it."""

DAY_RESERVE = {CallClass.PERSON: 0.0, CallClass.ORDER: 0.1, CallClass.SYNC: 0.25}
"""The share of the day that a class leaves: sync stops first, the last tenth is for people."""


class BudgetSpent(Exception):
    """No call now. scope: minute, day, at_once, or blocked (by Zoho). retry_after: seconds until a retry
    makes sense.
    """

    def __init__(self, *, retry_after: float, scope: str) -> None:
        super().__init__(f"{scope}: again in {retry_after:.1f} s")
        self.retry_after, self.scope = retry_after, scope


@dataclass(frozen=True)
class DayFigures:
    """The organisation's day according to Zoho's headers; None where unknown. It counts all programs, not
    only ours.
    """

    limit: int | None
    remaining: int | None
    resets_at: dt.datetime | None


@dataclass(frozen=True)
class ClassFigures:
    """Of one class on one UTC day. waited: total seconds its callers waited for a slot."""

    calls: int = 0
    waited: float = 0.0


class CallBudget:
    """per_minute: calls in any 60 seconds. at_once: concurrent calls. product: books and billing have
    separate limits (zoho.md 3.1).
    """

    def __init__(self, records: Redis, *, per_minute: int, at_once: int, product: str = "books") -> None:
        self._records, self._per_minute, self._at_once, self._product = records, per_minute, at_once, product
        self._take = records.register_script(TAKE)
        self._note_day = records.register_script(NOTE_DAY)

    @contextmanager
    def take(self, org: str, call_class: CallClass, *, wait: float) -> Iterator[None]:
        """Hold one slot while calling. Waits up to `wait` seconds for it. Raises BudgetSpent; never lets a
        call through on a guess.
        """
        ticket, began = secrets.token_hex(8), time.monotonic()
        end = began + wait
        while (spent := self._try(org, call_class, ticket)) is not None:
            left = end - time.monotonic()
            if left <= 0 or (spent.scope != "at_once" and spent.retry_after > left):
                raise spent
            time.sleep(min(spent.retry_after, LONGEST_NAP, left))
        waited = time.monotonic() - began
        try:
            yield
        finally:
            self._give_back(org, call_class, ticket, waited)

    def block(self, org: str, seconds: float, why: str) -> None:
        """Zoho said to wait. All processes of this organisation pause for `seconds`; a longer pause stays."""
        left: Any = self._records.pttl(connection_keys.blocked(org, self._product))
        if left < seconds * 1000:
            self._records.set(
                connection_keys.blocked(org, self._product), why, px=max(1, int(seconds * 1000))
            )

    def note_day(self, org: str, limit: int, remaining: int, resets_in: float) -> None:
        """Store what the rate headers say about the organisation's day. resets_in: seconds."""
        self._note_day(
            keys=[connection_keys.day_figures(org, self._product)], args=[max(limit, 1), remaining, resets_in]
        )

    def day(self, org: str) -> DayFigures:
        fields: Any = self._records.hgetall(connection_keys.day_figures(org, self._product))
        if not fields:
            return DayFigures(None, None, None)
        return DayFigures(
            int(fields["limit"]), max(0, int(fields["remaining"])), from_seconds(float(fields["resets_at"]))
        )

    def today(self, org: str) -> dict[CallClass, ClassFigures]:
        """Each class's calls and waiting time since midnight UTC. Only our own calls: Zoho's headers count
        everybody's.
        """
        fields: Any = self._records.hgetall(self._counts(org))
        return {
            item: ClassFigures(
                int(fields.get(item.value, 0)), int(fields.get(f"{item.value}:waited", 0)) / 1000
            )
            for item in CallClass
        }

    def _give_back(self, org: str, call_class: CallClass, ticket: str, waited: float) -> None:
        counts = self._counts(org)
        with self._records.pipeline(transaction=False) as pipe:
            pipe.zrem(connection_keys.in_flight(org, self._product), ticket)
            pipe.hincrby(counts, call_class.value, 1)
            pipe.hincrby(counts, f"{call_class.value}:waited", round(waited * 1000))
            pipe.expire(counts, COUNTS_TTL)
            pipe.execute()

    def _counts(self, org: str) -> str:
        return connection_keys.call_counts(org, self._product, store_now(self._records).date().isoformat())

    def _try(self, org: str, call_class: CallClass, ticket: str) -> BudgetSpent | None:
        allowed = max(1, int(self._per_minute * (1 - MINUTE_RESERVE[call_class])))
        answer = self._take(
            keys=[
                connection_keys.minute_log(org, self._product),
                connection_keys.in_flight(org, self._product),
                connection_keys.blocked(org, self._product),
                connection_keys.day_figures(org, self._product),
            ],
            args=[ticket, allowed, self._at_once, DAY_RESERVE[call_class], SLOT_HELD_FOR],
        )
        return (
            None
            if answer[0] == "taken"
            else BudgetSpent(retry_after=max(0.01, float(answer[1])), scope=answer[0])
        )
