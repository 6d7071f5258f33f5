"""Zoho's day of calls ends at the organisation's midnight (zoho.md 3.1)."""

from __future__ import annotations

import datetime as dt

import pytest

from connectors.zoho.api.organisation_day import seconds_to_midnight

NOON = dt.datetime(2026, 6, 9, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("zone", "hours"), [("UTC", 12), ("Europe/Berlin", 10), ("America/New_York", 16), ("Asia/Kolkata", 6.5)]
)
def test_facts_3_1_the_day_is_the_organisations(zone: str, hours: float) -> None:
    assert seconds_to_midnight(zone, NOON) == hours * 3600


@pytest.mark.parametrize("unknown", ["", "Mars/Base", "../../etc/passwd"])
def test_an_unknown_zone_counts_as_utc(unknown: str) -> None:
    assert seconds_to_midnight(unknown, NOON) == 12 * 3600


def test_a_day_that_loses_an_hour_is_an_hour_shorter() -> None:
    before_the_change = dt.datetime(2026, 3, 28, 23, tzinfo=dt.UTC)
    assert seconds_to_midnight("Europe/Berlin", before_the_change) == 23 * 3600
