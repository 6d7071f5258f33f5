"""What to read of a list now, and how far its cursor may advance afterwards. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from cache.records.sync.sync_state import SyncState

OVERLAP = dt.timedelta(seconds=120)
"""How far a delta reaches back behind the cursor: documents may become visible a little after their own time.
"""

SWEEP_EVERY = dt.timedelta(hours=24)
"""Zoho has no feed of deletions (zoho.md 2.6): only a full listing shows what is gone."""

FIRST, DELTA, SWEEP, IDLE = "first", "delta", "sweep", "idle"

EARLY = 0.5
"""Rounds by which a list that is not read in every round may be early: rounds are jittered, and one that is a
moment too early would otherwise wait for the next.
"""

PROBE_BACK = 5
"""The probe filters by the fifth newest known change: few rows, and some that must be among them."""


class Versioned(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def version(self) -> str: ...


@dataclass(frozen=True)
class Reading:
    """phase: first, delta, sweep, or idle if nothing is due. page: where to begin. since: for a delta."""

    phase: str
    page: int = 1
    since: dt.datetime | None = None

    @property
    def is_whole(self) -> bool:
        return self.phase in (FIRST, SWEEP)


def plan(
    state: SyncState,
    *,
    is_complete: bool,
    now: dt.datetime,
    interval: float,
    has_deltas: bool = True,
    every: int = 1,
) -> Reading:
    """An interrupted full read resumes at its page. A list whose copies were lost is read in full again.

    interval: seconds between two rounds. has_deltas: whether the list supports a filter by modification time.
    every: rounds per read.
    """
    if state.page > 1 and state.phase == FIRST:
        return Reading(FIRST, state.page)
    if not is_complete:
        return Reading(FIRST)
    if state.page > 1 and state.phase == SWEEP:
        return Reading(SWEEP, state.page)
    if (
        every > 1
        and state.last_success is not None
        and now - state.last_success < dt.timedelta(seconds=interval) * (every - EARLY)
    ):
        return Reading(IDLE)
    since_sweep = now - state.last_sweep if state.last_sweep else SWEEP_EVERY
    if since_sweep >= SWEEP_EVERY:
        return Reading(SWEEP)
    if has_deltas and state.filter_works is not False and state.cursor:
        # A list not probed yet is trusted until the next sweep: rows that are too old would expose it.
        return Reading(DELTA, since=dt.datetime.fromisoformat(state.cursor) - OVERLAP)
    # Without a filter every read fetches the whole list, so reads are spaced by its length: one call per
    # interval.
    is_due = since_sweep >= dt.timedelta(seconds=interval) * max(1, state.pages_read)
    return Reading(SWEEP) if is_due else Reading(IDLE)


def next_cursor(state: SyncState, *, highest: str, began: dt.datetime) -> str:
    """The newest change seen, but never later than Zoho's own time when the read began: one wrong timestamp
    must not make the sync skip a day, and changes made while pages were read may be missing. Never moves
    backwards.
    """
    limit = began.astimezone(dt.UTC).isoformat(timespec="seconds")
    return max(state.cursor, min(highest, limit)) if highest else state.cursor


def probe_since(known: Mapping[str, str]) -> str:
    """known: id → version. The time to probe the filter with; "" if too little is known."""
    stamps = sorted({version for version in known.values() if version}, reverse=True)
    return stamps[min(PROBE_BACK, len(stamps) - 1)] if len(stamps) > 1 else ""


def filter_is_honoured(
    since: str, known: Mapping[str, str], rows: Iterable[Versioned], *, has_more: bool
) -> bool:
    """Whether "modified since" works: nothing older was returned, and everything known to be newer was.

    Zoho silently ignores unknown filters (zoho.md 2.5), and one list treats it as "modified exactly at"
    (zoho.md 2.6): both must be detected here.
    """
    found = {row.id: row.version for row in rows}
    if any(version < since for version in found.values()):
        return False
    expected = {item for item, version in known.items() if version > since}
    return has_more or expected <= set(found)
