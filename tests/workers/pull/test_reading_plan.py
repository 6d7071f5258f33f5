"""What is read, how far the cursor moves, and whether a filter can be believed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest

from cache.records.sync.sync_state import SyncState
from workers.pull.reading_plan import (
    OVERLAP,
    Reading,
    filter_is_honoured,
    next_cursor,
    plan,
    probe_since,
)

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
CURSOR = "2026-11-23T08:55:00+00:00"
SWEPT = {"last_sweep": NOW - dt.timedelta(hours=1)}


def state(**fields: Any) -> SyncState:
    return SyncState(list_name="estimates", **fields)


@pytest.mark.parametrize(
    ("known", "is_complete", "wanted"),
    [
        (state(), False, Reading("first")),
        (state(phase="first", page=7), False, Reading("first", 7)),
        (state(phase="sweep", page=7, **SWEPT), True, Reading("sweep", 7)),
        # The copies went in the middle of a sweep: its pages are gone, so it begins again.
        (state(phase="sweep", page=7, filter_works=True, cursor=CURSOR, **SWEPT), False, Reading("first")),
        (state(filter_works=True, cursor=CURSOR, **SWEPT), False, Reading("first")),
        (
            state(filter_works=True, cursor=CURSOR, last_sweep=NOW - dt.timedelta(hours=25)),
            True,
            Reading("sweep"),
        ),
        (state(filter_works=True, cursor=CURSOR), True, Reading("sweep")),
        (
            state(filter_works=True, cursor=CURSOR, **SWEPT),
            True,
            Reading("delta", since=dt.datetime.fromisoformat(CURSOR) - OVERLAP),
        ),
        (
            state(filter_works=None, cursor=CURSOR, pages_read=3, **SWEPT),
            True,
            Reading("delta", since=dt.datetime.fromisoformat(CURSOR) - OVERLAP),
        ),
        (state(filter_works=False, cursor=CURSOR, pages_read=3, **SWEPT), True, Reading("sweep")),
        (state(filter_works=False, cursor=CURSOR, pages_read=13, **SWEPT), True, Reading("idle")),
        (state(filter_works=True, cursor="", pages_read=1, **SWEPT), True, Reading("sweep")),
    ],
)
def test_what_is_read_next(known: SyncState, is_complete: bool, wanted: Reading) -> None:
    assert plan(known, is_complete=is_complete, now=NOW, interval=300) == wanted


NOT_DUE = {"filter_works": True, "cursor": CURSOR, **SWEPT}
A_DELTA = Reading("delta", since=dt.datetime.fromisoformat(CURSOR) - OVERLAP)


@pytest.mark.parametrize(
    ("minutes", "every", "wanted"),
    [
        (0, 1, A_DELTA),
        (-10, 1, A_DELTA),  # Zoho's clock may be ahead of ours
        (5, 6, Reading("idle")),
        (27, 6, Reading("idle")),
        (28, 6, A_DELTA),
        (-10, 6, Reading("idle")),
    ],
)
def test_a_list_that_seldom_changes_rests_for_some_rounds(
    minutes: float, every: int, wanted: Reading
) -> None:
    known = state(last_success=NOW - dt.timedelta(minutes=minutes), **NOT_DUE)
    assert plan(known, is_complete=True, now=NOW, interval=300, every=every) == wanted


def test_a_list_at_rest_that_was_lost_is_read_at_once() -> None:
    assert plan(
        state(last_success=NOW, **NOT_DUE), is_complete=False, now=NOW, interval=300, every=6
    ) == Reading("first")


def test_a_list_without_deltas_is_read_whole() -> None:
    known = state(pages_read=1, **NOT_DUE)
    assert plan(known, is_complete=True, now=NOW, interval=300, has_deltas=False) == Reading("sweep")


def test_the_cursor_moves_to_the_newest_change_that_was_seen() -> None:
    assert (
        next_cursor(state(cursor=CURSOR), highest="2026-11-23T08:59:00+00:00", began=NOW)
        == "2026-11-23T08:59:00+00:00"
    )


def test_the_cursor_never_passes_the_time_the_read_began() -> None:
    assert (
        next_cursor(state(cursor=CURSOR), highest="2026-11-23T09:00:30+00:00", began=NOW) == NOW.isoformat()
    )
    assert (
        next_cursor(state(cursor=CURSOR), highest="2031-01-01T00:00:00+00:00", began=NOW) == NOW.isoformat()
    )


def test_the_cursor_never_goes_back_or_moves_on_nothing() -> None:
    assert next_cursor(state(cursor=CURSOR), highest="2026-11-23T08:53:10+00:00", began=NOW) == CURSOR
    assert next_cursor(state(cursor=CURSOR), highest="", began=NOW) == CURSOR


@dataclass(frozen=True)
class Row:
    id: str
    version: str


KNOWN = {str(n): f"2026-11-{n:02}T09:00:00+00:00" for n in range(1, 21)}
SINCE = probe_since(KNOWN)


def rows(*numbers: int) -> list[Row]:
    return [Row(str(n), KNOWN[str(n)]) for n in numbers]


def test_the_probe_asks_for_a_few_known_changes() -> None:
    assert KNOWN["15"] == SINCE


@pytest.mark.parametrize("known", [{}, {"1": "2026-11-01T09:00:00+00:00"}, {"1": "", "2": ""}])
def test_with_too_little_known_nothing_is_asked(known: dict[str, str]) -> None:
    assert probe_since(known) == ""


def test_with_two_stamps_the_older_one_is_asked_for() -> None:
    assert (
        probe_since({"1": "2026-11-01T09:00:00+00:00", "2": "2026-11-02T09:00:00+00:00"})
        == "2026-11-01T09:00:00+00:00"
    )


@pytest.mark.parametrize(
    ("found", "has_more", "honoured"),
    [
        (rows(15, 16, 17, 18, 19, 20), False, True),
        (rows(16, 17, 18, 19, 20), False, True),
        ([*rows(15, 16, 17, 18, 19, 20), Row("99", "2026-11-23T08:00:00+00:00")], False, True),
        (rows(*range(1, 21)), False, False),
        (rows(15), False, False),
        ([], False, False),
        ([Row("15", ""), *rows(16, 17, 18, 19, 20)], False, False),
        (rows(16, 17), True, True),
    ],
    ids=[
        "inclusive",
        "exclusive",
        "with something new",
        "ignored",
        "equality",
        "nothing",
        "no times",
        "more pages",
    ],
)
def test_whether_the_filter_is_honoured(found: list[Row], has_more: bool, honoured: bool) -> None:
    assert filter_is_honoured(SINCE, KNOWN, found, has_more=has_more) is honoured
