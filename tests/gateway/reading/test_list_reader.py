"""Lists: filters, order, search and pages, and what they say when there is nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from tests.gateway.browser import Browser
from tests.gateway.sample_documents import a_payment, an_estimate, an_invoice, today
from tests.gateway.seeding import ORG, Seeding
from workers.services import Services

DAY = dt.timedelta(days=1)


def numbers(browser: Browser) -> list[str]:
    return [row.get_text() for row in browser.page.select("th.row-title a")]


@pytest.fixture
def invoices(seed: Seeding) -> None:
    """One of each kind a client can tell apart, and one that has not been issued."""
    seed.has(
        an_invoice("1", number="DUE", due_on=today() + 3 * DAY),
        an_invoice("2", number="LATE-BY-STATUS", status="overdue", due_on=today() - 9 * DAY),
        an_invoice("3", number="LATE-BY-DAY", due_on=today() - DAY),
        an_invoice("4", number="PART", status="partially_paid", balance=Decimal("10"), due_on=today() + DAY),
        an_invoice("5", number="PAID", status="paid", balance=Decimal(0)),
        an_invoice("6", number="VOID", status="void"),
        an_invoice("7", number="DRAFT", status="draft"),
        an_invoice("8", number="NEW-KIND", status="under_review"),
    )


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("all", {"DUE", "LATE-BY-STATUS", "LATE-BY-DAY", "PART", "PAID", "VOID", "NEW-KIND"}),
        ("unpaid", {"DUE", "LATE-BY-STATUS", "LATE-BY-DAY", "PART"}),
        ("due", {"DUE", "PART"}),
        ("overdue", {"LATE-BY-STATUS", "LATE-BY-DAY"}),
        ("partially_paid", {"PART"}),
        ("paid", {"PAID"}),
        ("void", {"VOID"}),
    ],
)
def test_the_type_filter_goes_by_balance_and_calendar(
    nora: Browser, invoices: None, kind: str, expected: set[str]
) -> None:
    nora.get(f"/invoices?type={kind}")
    assert set(numbers(nora)) == expected
    assert nora.page.select_one("#type option[selected]")["value"] == kind


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("all", {"OPEN", "LAPSED", "YES", "BILLED", "NO", "OVER"}),
        ("waiting", {"OPEN"}),
        ("accepted", {"YES", "BILLED"}),
        ("declined", {"NO"}),
        ("expired", {"OVER", "LAPSED"}),
    ],
)
def test_the_estimates_filter_goes_by_calendar_too(
    nora: Browser, seed: Seeding, kind: str, expected: set[str]
) -> None:
    seed.has(
        an_estimate("1", number="OPEN"),
        an_estimate("2", number="LAPSED", expires_on=today() - DAY),
        an_estimate("3", number="YES", status="accepted"),
        an_estimate("4", number="BILLED", status="invoiced"),
        an_estimate("5", number="NO", status="declined"),
        an_estimate("6", number="OVER", status="expired"),
        an_estimate("7", number="DRAFT", status="draft"),
    )
    nora.get(f"/estimates?type={kind}")
    assert set(numbers(nora)) == expected


def test_filter_order_search_and_page_combine(nora: Browser, seed: Seeding) -> None:
    seed.has(
        *(
            an_invoice(str(n), number=f"SAIL-{n:03}", total=Decimal(n), balance=Decimal(n))
            for n in range(1, 61)
        )
    )
    seed.has(an_invoice("900", number="OTHER-1"))
    nora.get("/invoices?type=unpaid&sort=smallest&q=sail&page=2")
    assert numbers(nora) == [f"SAIL-{n:03}" for n in range(26, 51)]
    assert "26–50 of 60" in nora.text
    assert nora.page.select_one("a[rel=next]")["href"] == "/invoices?type=unpaid&sort=smallest&q=sail&page=3"
    assert nora.page.select_one("#q")["value"] == "sail"


def test_newest_first_is_the_usual_order(nora: Browser, seed: Seeding) -> None:
    seed.has(*(a_payment(str(n), number=f"P{n}", date=today() - n * DAY) for n in (3, 1, 2)))
    nora.get("/payments")
    assert numbers(nora) == ["P1", "P2", "P3"]


@pytest.mark.parametrize("address", ["/estimates", "/invoices", "/payments"])
def test_an_empty_list_says_so_kindly(nora: Browser, address: str) -> None:
    nora.get(address)
    assert "yet" in nora.text and "Not read from Zoho yet" in nora.text
    nora.get(f"{address}?q=nothing-like-it")
    assert "Nothing matches" in nora.text


@pytest.mark.parametrize(
    ("address", "kind"), [("/estimates", "estimates"), ("/invoices", "invoices"), ("/payments", "payments")]
)
def test_a_list_that_was_never_read_does_not_claim_to_be_empty(
    nora: Browser, services: Services, address: str, kind: str
) -> None:
    services.mirror.forget(ORG, kind)
    page = nora.get(address)
    assert "being fetched for the first time" in nora.text
    assert page.find("meta", attrs={"name": "poll-seconds"})
    nora.get("/")
    assert "being fetched for the first time" in nora.text and "Nothing waits for you" not in nora.text


def test_a_list_says_until_when_it_is_known_to_be_true(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    seed.has(an_invoice())
    now = dt.datetime.now(dt.UTC)
    services.sync_states.update(ORG, "invoices", last_success=now)
    nora.get("/invoices")
    assert f"As of {now:%H:%M}" in nora.text
    services.sync_states.update(ORG, "invoices", last_success=now - dt.timedelta(hours=3))
    nora.get("/invoices")
    assert "Zoho cannot be asked just now. Last known state from" in nora.text
