"""Bulk invitations: who is waiting, the results of the others, and when to continue. Survives a crash at any
point.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from redis import Redis

from cache.lua import load_script
from cache.records.invitations import keys as invitation_keys
from cache.records.scheduler import keys as scheduler_keys
from cache.records.scheduler.due_times import DueTimes

TTL = 30 * 24 * 3600
CUSTOMER = "customer:"
"""Prefix of an item that means all persons of a customer; every other item is a person's id."""


class InvitationOutcome(StrEnum):
    """The result for one person, or for a customer whose persons had to be fetched first."""

    INVITED = "invited"
    ACTIVE = "active"
    NO_EMAIL = "no_email"
    GONE = "gone"
    BUSY = "busy"
    READ = "read"


@dataclass(frozen=True, kw_only=True)
class BulkInvitation:
    """merchant_id: who started it. counts: by outcome. waiting: how many are left."""

    id: str
    org: str
    merchant_id: str
    started_at: dt.datetime
    waiting: int
    counts: Counter[InvitationOutcome]

    @property
    def done(self) -> int:
        """The number of persons that are done."""
        return sum(self.counts.values()) - self.counts[InvitationOutcome.READ]

    @property
    def total(self) -> int:
        return self.done + self.waiting


START = load_script(__package__, "bulk_invitations_start")

SETTLE = load_script(__package__, "bulk_invitations_settle")


class BulkInvitations:
    def __init__(self, records: Redis) -> None:
        self._records = records
        self._due = DueTimes(records, "bulk")
        self._start = records.register_script(START)
        self._settle = records.register_script(SETTLE)

    def start(self, org: str, merchant_id: str, items: Sequence[str], *, form_key: str) -> None:
        """Record who is to be invited, due now. Submitting the same form again changes nothing."""
        args: list[Any] = [
            form_key,
            f"{org}|{form_key}",
            merchant_id,
            dt.datetime.now(dt.UTC).isoformat(),
            TTL,
        ]
        head, waiting, _, _ = self._keys(org, form_key)
        touched = [invitation_keys.newest_bulk(org), head, waiting, scheduler_keys.due("bulk")]
        self._start(keys=touched, args=[*args, *dict.fromkeys(items)])

    def newest(self, org: str) -> BulkInvitation | None:
        """The latest one; None if there was none recently."""
        bulk_id: Any = self._records.get(invitation_keys.newest_bulk(org))
        return self.get(org, bulk_id) if bulk_id else None

    def get(self, org: str, bulk_id: str) -> BulkInvitation | None:
        head, waiting, _, counts = self._keys(org, bulk_id)
        with self._records.pipeline() as pipe:
            pipe.hgetall(head)
            pipe.llen(waiting)
            pipe.hgetall(counts)
            fields, left, ended = pipe.execute()
        if not fields:
            return None
        return BulkInvitation(
            id=bulk_id,
            org=org,
            merchant_id=fields["merchant_id"],
            started_at=dt.datetime.fromisoformat(fields["started_at"]),
            waiting=left,
            counts=Counter(
                {InvitationOutcome(outcome): int(count) for outcome, count in ended.items() if int(count)}
            ),
        )

    def ids_by_outcome(self, org: str, bulk_id: str) -> dict[InvitationOutcome, list[str]]:
        """Outcome → ids, for outcomes worth listing. Reads every result, so use `counts` for progress."""
        ended: Any = self._records.hgetall(self._keys(org, bulk_id)[2])
        told = (
            InvitationOutcome.NO_EMAIL,
            InvitationOutcome.ACTIVE,
            InvitationOutcome.BUSY,
            InvitationOutcome.GONE,
        )
        return {entry: sorted(item for item, outcome in ended.items() if outcome == entry) for entry in told}

    def waiting(self, org: str, bulk_id: str, limit: int) -> list[str]:
        """The next items; reading changes nothing."""
        found: Any = self._records.lrange(self._keys(org, bulk_id)[1], 0, limit - 1)
        return list(found)

    def settle(
        self, org: str, bulk_id: str, item: str, outcome: InvitationOutcome, *, instead: Iterable[str] = ()
    ) -> None:
        """Record an item's outcome and remove it from the queue, in one step. instead: items that
        replace it.
        """
        self._settle(keys=self._keys(org, bulk_id)[1:], args=[item, outcome.value, TTL, *instead])

    def schedule(self, org: str, bulk_id: str, *, next_in: float | None) -> None:
        """Due again in so many seconds; None: it is finished."""
        if next_in is None:
            self._due.remove(f"{org}|{bulk_id}")
        else:
            self._due.set_in(f"{org}|{bulk_id}", next_in)

    def claim_due(self, limit: int, *, lease: float) -> list[tuple[str, str]]:
        """(organisation, id) of those due, postponed by `lease` seconds."""
        found = (member.partition("|") for member in self._due.claim_due(limit, lease=lease))
        return [(org, bulk_id) for org, _, bulk_id in found]

    def _keys(self, org: str, bulk_id: str) -> tuple[str, str, str, str]:
        """Head, waiting, outcomes, counts."""
        waiting, outcomes, counts = (
            invitation_keys.bulk(org, f"{bulk_id}:{part}") for part in ("waiting", "outcomes", "counts")
        )
        return invitation_keys.bulk(org, bulk_id), waiting, outcomes, counts
