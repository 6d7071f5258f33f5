"""Read one list into the mirror: page by page, with progress stored after each, and the cursor moved last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import structlog

from cache.clock import store_now
from cache.document_kind import DocumentKind
from cache.records.sync.sync_state import SyncState
from connectors.zoho.api.fetched import Page
from connectors.zoho.document_kinds import ZohoDocumentKind
from connectors.zoho.documents.mirrored_document import MirroredDocument
from connectors.zoho.organisation_clients import OrganisationClients
from workers.copies.document_kinds import ROW_KINDS
from workers.copies.store_fetched import store_rows
from workers.deadline import Deadline
from workers.email.notifications import notify_of_changes, rows_before
from workers.pull.deletions import Sweep, remove_deleted
from workers.pull.lag import lags
from workers.pull.open_payments import enqueue_open_payments
from workers.pull.reading_plan import FIRST, IDLE, Reading, filter_is_honoured, next_cursor, plan, probe_since
from workers.services import Services

log = structlog.get_logger()

DRIFT = 5
"""Rows per page that may come twice because the list changed during the read (zoho.md 9.11)."""


SHORT = 5
"""Pages. Up to this length a list without a change filter is read in full even when a person waits."""


@dataclass
class _Progress:
    """The result of one read. seen: id → version of the rows this job saw; earlier jobs of the same read saw
    others.

    unreadable: ids of rows that exist but cannot be shown. changed: rows that were new or differed from the
    copy.
    """

    began: dt.datetime | None
    highest: str
    rows: int
    pages: int
    changed: int = 0
    total: int | None = None
    seen: dict[str, str] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def take(self, page: Page[MirroredDocument]) -> None:
        self.began = self.began or page.as_of
        self.rows += len(page.rows)
        self.pages += 1
        self.total = page.total if self.total is None else self.total
        self.seen |= {row.id: row.version for row in page.rows}
        self.unreadable |= {fault.id for fault in page.unreadable}
        self.highest = max([self.highest, *(row.version for row in page.rows)])
        self.faults += [
            f"{fault.kind} {fault.id or 'without id'}: {fault.field}" for fault in page.unreadable
        ]


class ListRead:
    """Read one list of one organisation. Raises ZohoError and StoreUnavailable; what was read before is kept.

    may_skip: a list that is not read in every round may be skipped.
    """

    def __init__(
        self,
        services: Services,
        org: str,
        zoho: OrganisationClients,
        mirrored: ZohoDocumentKind[Any],
        *,
        may_skip: bool = True,
    ) -> None:
        self._services, self._org, self._zoho = services, org, zoho
        self._list, self._may_skip = mirrored, may_skip

    def run(self, deadline: Deadline) -> bool:
        """Read what is due; False if the time ran out and the next run must resume."""
        state = self._services.sync_states.get(self._org, self._list.name)
        reading = self._plan(state)
        if reading.phase == IDLE:
            return True
        progress = self._begin(state, reading)
        page = reading.page
        while True:
            found = self._page(page, reading.since, with_total=page == 1 and reading.phase == FIRST)
            progress.take(found)
            before = rows_before(self._services, self._org, self._list.name, found.rows, after=state.cursor)
            rows = found.rows
            notify_of_changes(
                self._services, self._org, rows, before=before, after=state.cursor, as_of=found.as_of
            )
            stored = store_rows(self._services, self._org, self._list.name, found.rows, found.as_of).stored
            progress.changed += len(stored)
            if self._list.name is DocumentKind.INVOICES:
                enqueue_open_payments(self._services, self._org, stored)
            news = lags(found.rows, stored=stored, after=state.cursor, as_of=found.as_of)
            self._services.sync_lags.note(self._org, self._list.name, news)
            if reading.since is not None and _is_ignored(reading.since, found.rows):
                self._note(filter_works=False)
            page += 1
            self._note_page(reading, progress, page if found.has_more else 0)
            if not found.has_more:
                break
            if deadline.is_past:
                # A full read resumes at its page. A delta cannot, and one this long is better read in full.
                if not reading.is_whole:
                    self._note(page=0, last_sweep=None)
                return False
        return self._finish(state, reading, progress, deadline)

    def _plan(self, state: SyncState) -> Reading:
        every, interval = ROW_KINDS[self._list.name].every, float(self._services.settings.sync_interval)
        if not self._may_skip:
            every, interval = 1, 0.0 if state.pages_read <= SHORT else interval
        return plan(
            state,
            has_deltas=self._list.has_deltas,
            every=every,
            is_complete=self._services.mirror.is_complete(self._org, self._list.name),
            now=store_now(self._services.stores.records),
            interval=interval,
        )

    def _begin(self, state: SyncState, reading: Reading) -> _Progress:
        if reading.page > 1:
            return _Progress(
                state.phase_started_at, state.highest, state.rows_seen, state.pages_read, total=state.total
            )
        if reading.phase == FIRST:
            # The rest of an evicted mirror would be counted together with the new rows.
            self._services.mirror.forget(self._org, self._list.name)
        self._note(
            phase=reading.phase,
            rows_seen=0,
            pages_read=0,
            page=0,
            highest="",
            phase_started_at=None,
            total=None,
        )
        return _Progress(None, "", 0, 0)

    def _page(
        self, page: int, since: dt.datetime | None, *, with_total: bool = False
    ) -> Page[MirroredDocument]:
        ask = self._list.pages(self._zoho)
        if not self._list.has_deltas:
            return ask(page)
        more = {"with_total": True} if with_total and self._list.has_total else {}
        return ask(page, modified_since=since, sort=self._list.steady_order, **more)

    def _note_page(self, reading: Reading, progress: _Progress, next_page: int) -> None:
        self._note(
            phase=reading.phase,
            phase_started_at=progress.began,
            rows_seen=progress.rows,
            pages_read=progress.pages,
            highest=progress.highest,
            page=next_page,
            total=progress.total,
            pauses_until=None,
        )

    def _finish(self, state: SyncState, reading: Reading, progress: _Progress, deadline: Deadline) -> bool:
        """The cursor moves in the same write that records everything before it as stored."""
        began = progress.began or store_now(self._services.stores.records)
        changes: dict[str, object] = {}
        if reading.is_whole:
            if self._is_torn(progress):
                log.warning("whole_read_torn", org=self._org, list=self._list.name)
                self._services.mirror.mark_torn(self._org, self._list.name)
                self._note(page=0, phase=IDLE)
                return False
            there = set(progress.seen) | progress.unreadable
            remove_deleted(
                self._services,
                self._org,
                self._zoho,
                self._list,
                sweep=Sweep(there, began, deadline),
            )
            self._services.mirror.mark_complete(self._org, self._list.name)
            changes["last_sweep"] = store_now(self._services.stores.records)
            if self._list.has_deltas and not state.filter_works and not deadline.is_past:
                changes["filter_works"] = self._probe(progress.seen)
        if progress.changed:
            changes["last_change"] = began
        self._note(
            **changes,
            cursor=next_cursor(state, highest=progress.highest, began=began),
            page=0,
            phase=IDLE,
            last_success=began,
            last_error=_faults_text(progress.faults),
            last_error_at=began if progress.faults else None,
        )
        log.info(
            "list_read",
            org=self._org,
            list=self._list.name,
            phase=reading.phase,
            pages=progress.pages,
            rows=progress.rows,
        )
        return True

    def _is_torn(self, progress: _Progress) -> bool:
        """Whether stored rows have vanished: the copies were emptied during the read."""
        ids = self._services.mirror.ids(self._org, self._list.name)
        return not set(progress.seen) <= ids or len(ids) + DRIFT * progress.pages < progress.rows

    def _probe(self, known: dict[str, str]) -> bool | None:
        """One call shows whether the change filter works; None if too little is known yet (zoho.md 2.6)."""
        since = probe_since(known)
        if not since:
            return None
        found = self._page(1, dt.datetime.fromisoformat(since))
        honoured = filter_is_honoured(since, known, found.rows, has_more=found.has_more)
        log.info("list_filter_probed", org=self._org, list=self._list.name, honoured=honoured)
        return honoured

    def _note(self, **changes: object) -> None:
        self._services.sync_states.update(self._org, self._list.name, **changes)


def _is_ignored(since: dt.datetime, rows: Iterable[MirroredDocument]) -> bool:
    """Whether a delta returned rows that did not change since: Zoho no longer honours the filter."""
    limit = since.astimezone(dt.UTC).isoformat(timespec="seconds")
    return any(row.version < limit for row in rows)


def _faults_text(faults: list[str]) -> str:
    if not faults:
        return ""
    return f"{len(faults)} of Zoho's rows could not be read and are not shown ({'; '.join(faults[:3])})"
