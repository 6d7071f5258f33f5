"""How figures, days and statuses read."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from flask import Flask, g

from gateway.web.template_filters import (
    clock,
    due_label,
    effective_status,
    initials,
    moment,
    money,
    quantity,
    status_label,
    status_tone,
    today,
)
from tests.gateway.sample_documents import an_estimate, an_invoice

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("1234.5", "USD", "$1,234.50"),
        ("1500", "JPY", "¥1,500"),
        ("1500.00", "JPY", "¥1,500"),
        ("12.3", "BHD", f"BHD{NBSP}12.300"),
        ("1234567", "INR", "₹1,234,567.00"),
        ("-5", "EUR", "-€5.00"),
        ("0.125", "USD", "$0.125"),
        ("100000000000000000.25", "USD", "$100,000,000,000,000,000.25"),
        ("7", "", "7"),
    ],
)
def test_amounts_keep_every_unit_and_show_the_currencys_own_places(
    amount: str, currency: str, expected: str
) -> None:
    assert money(Decimal(amount), currency) == expected


def test_a_figure_zoho_did_not_give_is_a_dash_and_never_nought() -> None:
    assert money(None, "USD") == "–"
    assert quantity(None) == ""


@pytest.mark.parametrize(("amount", "expected"), [("2.00", "2"), ("1.50", "1.5"), ("1E+3", "1,000")])
def test_quantities_drop_empty_places(amount: str, expected: str) -> None:
    assert quantity(Decimal(amount)) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, "due today"),
        (1, "due tomorrow"),
        (5, "due in 5 days"),
        (-1, "1 day overdue"),
        (-12, "12 days overdue"),
    ],
)
def test_due_dates_are_told_from_today(app: Flask, days: int, expected: str) -> None:
    with app.app_context():
        assert due_label(today() + dt.timedelta(days=days)) == expected


def test_today_is_the_organisations_day(app: Flask) -> None:
    with time_machine.travel("2026-11-23T23:30:00+00:00", tick=False), app.app_context():
        assert today() == dt.date(2026, 11, 23)
        g.time_zone = "Asia/Kolkata"
        assert today() == dt.date(2026, 11, 24)
        g.time_zone = "No/Such_Zone"
        assert today() == dt.date(2026, 11, 23)


def test_times_are_told_in_the_organisations_zone_and_with_the_day_when_it_is_not_today(app: Flask) -> None:
    with time_machine.travel("2026-11-23T12:00:00+00:00", tick=False), app.app_context():
        g.time_zone = "Europe/Berlin"
        assert clock(dt.datetime(2026, 11, 23, 9, 42, tzinfo=dt.UTC)) == "10:42"
        assert clock(dt.datetime(2026, 11, 21, 9, 42, tzinfo=dt.UTC)) == "21 Nov 2026, 10:42"


def test_a_status_we_do_not_know_is_named_and_means_nothing() -> None:
    assert status_label("pending_review", "invoice") == "Pending review"
    assert status_tone("pending_review", "invoice") == "quiet"


def test_the_calendar_wins_over_a_status_that_lags_behind(app: Flask) -> None:
    with app.app_context():
        yesterday = today() - dt.timedelta(days=1)
        assert effective_status(an_estimate(expires_on=yesterday)) == "expired"
        assert effective_status(an_estimate(expires_on=today())) == "sent"
        assert effective_status(an_invoice(due_on=yesterday)) == "overdue"
        assert effective_status(an_invoice(due_on=yesterday, status="paid", balance=Decimal(0))) == "paid"


def test_a_name_gives_its_sign() -> None:
    assert initials("Harbour Light Studio") == "HL"
    assert initials("& Söhne") == "S"
    assert initials("  ") == "·"


@pytest.mark.parametrize(
    ("language", "amount", "currency", "expected"),
    [
        ("de", "1234.5", "EUR", f"1.234,50{NBSP}€"),
        ("de", "1500", "JPY", f"1.500{NBSP}¥"),
        ("fr", "12.3", "BHD", f"12,300{NBSP}BHD"),
        ("es", "1234567.5", "INR", f"1.234.567,50{NBSP}INR"),
        ("ar", "-12.3", "BHD", f"\u200f\u2066-12.300\u2069{NBSP}د.ب.\u200f"),
        ("ar", "100.17", "USD", f"100.17{NBSP}\u200eUS$\u200e"),
        ("de", "0.125", "USD", f"0,125{NBSP}$"),
    ],
)
def test_amounts_read_as_the_readers_language_writes_them_and_lose_nothing(
    app: Flask, language: str, amount: str, currency: str, expected: str
) -> None:
    with app.test_request_context(headers={"Accept-Language": language}):
        assert money(Decimal(amount), currency).replace("\u200f", "") == expected.replace("\u200f", "")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "23 Nov 2026, 10:42"),
        ("de", "23. Nov. 2026, 10:42"),
        ("fr", "23 nov. 2026, 10:42"),
        ("ar", "23 نوفمبر 2026، 10:42"),
    ],
)
def test_days_and_times_read_as_the_language_writes_them(app: Flask, language: str, expected: str) -> None:
    with app.test_request_context(headers={"Accept-Language": language}):
        assert moment(dt.datetime(2026, 11, 23, 10, 42, tzinfo=dt.UTC)) == expected


def test_arabic_counts_in_six_ways(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "ar"}):
        said = {due_label(today() + dt.timedelta(days=days)) for days in (0, 1, 2, 5, 12, 100)}
    assert len(said) == 6
