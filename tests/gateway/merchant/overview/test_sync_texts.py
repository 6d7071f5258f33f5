"""How far the first read of a list has come, in words: rows, pace, and the time left where Zoho tells how
many rows there are.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from flask import Flask

from cache.records.sync.sync_state import SyncState
from gateway.merchant.overview import sync_texts as sync_words

CALLS_PER_MINUTE = 100
BEGAN = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)


def first_read(pages: int, *, total: int | None = 20_000, phase: str = "first") -> SyncState:
    rows = pages * 200
    return SyncState(
        list_name="invoices",
        phase=phase,
        phase_started_at=BEGAN,
        pages_read=pages,
        rows_seen=rows,
        total=total,
    )


def phase_text(state: SyncState, now: dt.datetime) -> str:
    return sync_words.phase_text(state, now, calls_per_minute=CALLS_PER_MINUTE)


def after(seconds: float) -> dt.datetime:
    return BEGAN + dt.timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("pages", "seconds", "rest"),
    [
        (21, 60, "4,200 of 20,000, about 4 min left"),  # 4,000 rows a minute, 15,800 to come
        (21, 600, "4,200 of 20,000, about 40 min left"),
        (21, 6000, "4,200 of 20,000, about 7 h left"),
        (91, 90, "18,200 of 20,000, less than a minute left"),
        (80, 100, "16,000 of 20,000, less than a minute left"),
        (70, 100, "14,000 of 20,000, less than a minute left"),
        (61, 100, "12,200 of 20,000, about 2 min left"),
        (101, 100, "20,200 of 20,000, less than a minute left"),  # invoices were written meanwhile
    ],
)
def test_the_time_left_follows_the_pace(pages: int, seconds: float, rest: str) -> None:
    assert phase_text(first_read(pages), after(seconds)) == f"First read under way: {rest}."


def test_a_pace_that_the_calls_of_a_minute_do_not_allow_is_not_believed() -> None:
    assert "about 2 min left" in phase_text(first_read(11, total=40_000), after(2)), (
        "ten pages in two seconds, a hundred in a minute"
    )


def test_a_pause_for_want_of_calls_is_told_as_one(app: Flask) -> None:
    state = dataclasses.replace(
        first_read(91), last_error="used up", last_error_at=after(90), pauses_until=after(110)
    )
    with app.test_request_context():
        assert "Zoho’s calls are used up for the moment; it goes on at 09:01" in phase_text(
            state, after(91)
        ).replace("25 Nov 2026, ", "")
        assert "used up" not in phase_text(state, after(111))
    assert state.has_failed and state.pauses(after(91)) and not state.pauses(after(111))


def test_while_nothing_comes_the_time_left_grows() -> None:
    assert "about 4 min left" in phase_text(first_read(21), after(60))
    assert "about 8 min left" in phase_text(first_read(21), after(120))


def test_without_a_number_of_zohos_no_time_is_promised() -> None:
    expected = phase_text(first_read(21, total=None), after(60))
    assert (
        expected == "First read under way: about 4,000 rows a minute. Zoho does not tell how many there are."
    )


def test_one_page_makes_no_pace() -> None:
    assert (
        phase_text(first_read(1), after(0)) == phase_text(first_read(0), after(0)) == "First read under way"
    )


@pytest.mark.parametrize(
    ("phase", "expected"),
    [("sweep", "Looking for deletions"), ("delta", "Looking for changes"), ("idle", "")],
)
def test_later_reads_are_told_by_their_name(phase: str, expected: str) -> None:
    assert phase_text(first_read(21, phase=phase), after(60)) == expected
