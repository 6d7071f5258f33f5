"""The seed is dated from each organisation's own calendar day, also while the day of UTC is another one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from sandbox.billing.calendar_terms import last_day_of
from sandbox.seed.build import build
from sandbox.seed.organisations import HARBOUR_LIGHT, TIME_ZONES

MOMENTS = [
    datetime(2026, 12, 1, 1, 5, tzinfo=UTC),  # still November in New York
    datetime(2026, 11, 30, 23, 30, tzinfo=UTC),  # already December in Berlin
    datetime(2028, 2, 29, 12, tzinfo=UTC),
    datetime(2027, 1, 1, 3, tzinfo=UTC),  # still last year in New York
]


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_cards_end_in_the_organisations_month(now: datetime):
    studio = build(7, now)["us"].organisations[HARBOUR_LIGHT]
    today = now.astimezone(ZoneInfo(TIME_ZONES[HARBOUR_LIGHT])).date()
    last_days = {
        card["last_four_digits"]: last_day_of(card["expiry_year"], card["expiry_month"])
        for card in studio.cards.values()
    }
    assert last_days["1881"] < today
    assert last_days["0042"] >= today and (last_days["0042"].year, last_days["0042"].month) == (
        today.year,
        today.month,
    )


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_no_document_is_dated_in_the_organisations_future(now: datetime):
    for centre in build(7, now).values():
        for organisation_id, organisation in centre.organisations.items():
            if organisation_id not in TIME_ZONES:
                continue
            today = now.astimezone(ZoneInfo(TIME_ZONES[organisation_id])).date()
            days = [date.fromisoformat(invoice["date"]) for invoice in organisation.invoices.values()]
            assert all(day <= today for day in days)
