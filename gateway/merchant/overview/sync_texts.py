"""What the sync does with a list, for the merchant."""

from __future__ import annotations

import datetime as dt

from cache.records.sync.sync_state import SyncState
from gateway.web.template_filters import clock, duration

PHASE_LABELS = {
    "first": "First read under way",
    "delta": "Looking for changes",
    "sweep": "Looking for deletions",
    "idle": "",
}

MINUTE = 60


def phase_text(state: SyncState, now: dt.datetime, *, calls_per_minute: int) -> str:
    """What the sync does with a list; of its first read also how far it has come and how long the rest may
    take. calls_per_minute: no pace is believed that needs more.
    """
    text = [_progress_text(state, now, calls_per_minute)]
    if state.pauses_until is not None and state.pauses(now):
        text.append(f"Zoho’s calls are used up for the moment; it goes on at {clock(state.pauses_until)}.")
    return " ".join(item for item in text if item)


def _progress_text(state: SyncState, now: dt.datetime, calls_per_minute: int) -> str:
    text = PHASE_LABELS.get(state.phase, "")
    if state.phase != "first" or state.phase_started_at is None or state.pages_read < 2:
        return text
    # The first page was there when the time began to count.
    rows_per_page = state.rows_seen / state.pages_read
    pages_per_second = (state.pages_read - 1) / max((now - state.phase_started_at).total_seconds(), 1.0)
    pace = rows_per_page * min(pages_per_second, calls_per_minute / MINUTE)
    if state.total is None:
        return f"{text}: about {pace * MINUTE:,.0f} rows a minute. Zoho does not tell how many there are."
    left = max(state.total - state.rows_seen, 0) / pace
    rest = "less than a minute" if left < MINUTE else f"about {duration(max(left, 1.5 * MINUTE))}"
    return f"{text}: {state.rows_seen:,} of {state.total:,}, {rest} left."
