"""Emails to a merchant that wait for the daily digest."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from redis import Redis
from redis.exceptions import ResponseError

from cache.records.email import keys as email_keys
from cache.records.scheduler.due_times import DueTimes

TTL = 30 * 24 * 3600


class Digests:
    """A merchant's digest is due once something waits for it; the clock enqueues it, and a worker makes the
    email.
    """

    def __init__(self, records: Redis) -> None:
        self._records = records
        self._due = DueTimes(records, "digests")

    def gather(self, org: str, merchant_id: str, email_id: str, *, due_in: float) -> None:
        """Add an email once; due_in: seconds until the digest."""
        seconds, micros = self._records.time()
        self._records.zadd(
            email_keys.digest(org, merchant_id), {email_id: seconds + micros / 1_000_000}, nx=True
        )
        self._due.sooner(_member(org, merchant_id), due_in)

    def take(self, org: str, merchant_id: str, day: str) -> list[str]:
        """Assign everything gathered to this day's digest; repeated calls return the same emails, oldest
        first.
        """
        of_day = email_keys.digest_of_day(org, merchant_id, day)
        # RENAME fails if nothing waits: already taken, or never there.
        with suppress(ResponseError):
            self._records.renamenx(email_keys.digest(org, merchant_id), of_day)
        self._records.expire(of_day, TTL)
        found: Any = self._records.zrange(of_day, 0, -1)
        return list(found)

    def settle(self, org: str, merchant_id: str, *, next_in: float) -> None:
        """After a digest: due again in so many seconds if anything was gathered meanwhile, otherwise not at
        all.
        """
        if self._records.exists(email_keys.digest(org, merchant_id)):
            self._due.set_in(_member(org, merchant_id), next_in)
        else:
            self._due.remove(_member(org, merchant_id))

    def claim_due(self, limit: int, *, lease: float) -> list[tuple[str, str]]:
        """(organisation, merchant) of due digests, postponed by `lease` seconds."""
        found = (member.partition("|") for member in self._due.claim_due(limit, lease=lease))
        return [(org, merchant_id) for org, _, merchant_id in found]


def _member(org: str, merchant_id: str) -> str:
    return f"{org}|{merchant_id}"
