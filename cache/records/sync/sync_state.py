"""The progress of each list's sync: the cursor, what the list supports, and what the merchant may
see of it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from redis import Redis

from cache.document_kind import DocumentKind
from cache.lua import load_script
from cache.records.sync import keys as sync_keys
from cache.stored import from_json, to_stored

SUBSCRIPTION_LISTS = {"billing": DocumentKind.SUBSCRIPTIONS, "recurring": DocumentKind.RECURRING_INVOICES}
"""By source of an organisation's subscriptions: one of the two lists is read, or neither."""

EXPEDITE_LASTS = 600

SLEEP_FACTOR = 12
"""Usual intervals between two syncs of an organisation with no client for a day and no change for a week. The
sync keeps to it (workers/pull/pace.py), and lists are called old only after it (gateway/reading/list_reader).
"""

UPDATE = load_script(__package__, "sync_state_update")


@dataclass(frozen=True, kw_only=True)
class SyncState:
    """cursor: UTC ISO of the newest change stored with everything before it, "" before the first full read.

    filter_works: whether this organisation's list honours last_modified_time; None until probed (zoho.md
    2.6).
    phase: first | delta | sweep | idle. page: the next page of an interrupted read, 0 for none.
    read_started_at: when that read began; its end must not claim to know anything newer.
    rows_seen and pages_read: of the current or latest read. total: the list's length when its first read
    began, None if Zoho does not tell. pauses_until: if the calls are spent, when there are some again.
    last_change: when a sync last found something new.
    """

    list_name: str
    cursor: str = ""
    filter_works: bool | None = None
    last_success: dt.datetime | None = None
    last_error: str = ""
    last_error_at: dt.datetime | None = None
    pauses_until: dt.datetime | None = None
    rows_seen: int = 0
    total: int | None = None
    pages_read: int = 0
    phase: str = "idle"
    phase_started_at: dt.datetime | None = None
    page: int = 0
    highest: str = ""
    last_sweep: dt.datetime | None = None
    last_change: dt.datetime | None = None

    @property
    def has_failed(self) -> bool:
        """Whether the latest event was an error."""
        failed, read = self.last_error_at, self.last_success
        return bool(self.last_error) and failed is not None and (read is None or failed >= read)

    def pauses(self, now: dt.datetime) -> bool:
        """Whether it is waiting for calls: not an error, and nothing to do about it."""
        return self.pauses_until is not None and self.pauses_until > now


class SyncStates:
    def __init__(self, records: Redis) -> None:
        self._records = records
        self._update = records.register_script(UPDATE)

    def get(self, org: str, list_name: str) -> SyncState:
        return _state(list_name, self._records.get(sync_keys.sync_state(org, list_name)))

    def all_of(self, org: str, *, subscriptions: str = "") -> list[SyncState]:
        """One for every list, in the order they are read; of subscriptions only the organisation's
        own list.
        """
        others = set(SUBSCRIPTION_LISTS.values()) - {SUBSCRIPTION_LISTS.get(subscriptions)}
        names = [name for name in DocumentKind if name not in others]
        texts: Any = self._records.mget([sync_keys.sync_state(org, name) for name in names])
        return [_state(name, text) for name, text in zip(names, texts, strict=True)]

    def update(self, org: str, list_name: str, **changes: Any) -> None:
        """Set these fields and leave the others, in one step. Unknown names are a bug in our own code."""
        known = {field.name for field in dataclasses.fields(SyncState)} - {"list_name"}
        if strange := set(changes) - known:
            raise TypeError(f"no such field of a sync state: {', '.join(sorted(strange))}")
        self._update(keys=[sync_keys.sync_state(org, list_name)], args=[json.dumps(to_stored(changes))])

    def expedite(self, org: str) -> None:
        """Make the next sync read every list, at a person's request."""
        self._records.set(sync_keys.sync_expedite(org), "1", ex=EXPEDITE_LASTS)

    def take_expedite(self, org: str) -> bool:
        """Whether that was requested; resets the request."""
        return bool(self._records.delete(sync_keys.sync_expedite(org)))

    def forget(self, org: str) -> None:
        """Start over: after a disconnect, or when the copies are lost."""
        self._records.delete(
            *[sync_keys.sync_state(org, name) for name in DocumentKind],
            *[sync_keys.absent_once(org, name) for name in DocumentKind],
        )

    def absent_once(self, org: str, list_name: str) -> set[str]:
        """Ids missing in the last sweep."""
        found: Any = self._records.smembers(sync_keys.absent_once(org, list_name))
        return set(found)

    def note_absent(self, org: str, list_name: str, ids: set[str]) -> None:
        """Replaces the ids of the sweep before."""
        with self._records.pipeline() as pipe:
            pipe.delete(sync_keys.absent_once(org, list_name))
            if ids:
                pipe.sadd(sync_keys.absent_once(org, list_name), *ids)
            pipe.execute()


def _state(list_name: str, text: Any) -> SyncState:
    """A list of which nothing is known yet has a state too."""
    return from_json(SyncState, text, list_name=list_name) or SyncState(list_name=list_name)
