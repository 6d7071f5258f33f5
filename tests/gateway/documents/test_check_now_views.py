"""Check now: clients may have Zoho asked, once a minute for a customer; and pages say when the day's calls
have run out.
"""

from __future__ import annotations

import datetime as dt

import pytest

from cache.records.connections.connection import ConnectionState
from cache.records.sync import keys as sync_keys
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import CUSTOMER, OTHER_CUSTOMER, an_estimate, an_invoice
from tests.gateway.seeding import ORG, Seeding
from workers.services import Services

FAR = 3600.0


class Portal:
    """An organisation whose next look is an hour away."""

    def __init__(self, services: Services) -> None:
        self.services = services
        services.sync_due.set_in(ORG, FAR)
        now = dt.datetime.now(dt.UTC)
        for name in ("contacts", "estimates", "invoices", "payments"):
            services.sync_states.update(ORG, name, last_success=now)

    def is_due(self) -> bool:
        due = self.services.sync_due.at(ORG)
        return due is not None and due <= dt.datetime.now(dt.UTC)

    def rests_again(self) -> None:
        """As after a round of the sync."""
        self.services.sync_due.set_in(ORG, FAR)

    def enqueued_jobs(self) -> list[str]:
        """Jobs that wait for a worker."""
        return [key.rpartition(":")[2] for key in self.services.stores.records.keys("rq:job:*")]

    def minute_passes(self) -> None:
        assert (
            self.services.stores.records.delete(
                sync_keys.checks(ORG, CUSTOMER), sync_keys.checks(ORG, OTHER_CUSTOMER)
            )
            >= 1
        )


@pytest.fixture
def portal(services: Services, seed: Seeding) -> Portal:
    seed.has(an_invoice("46000000004001"), an_invoice("46000000004777", customer_id=OTHER_CUSTOMER))
    return Portal(services)


def check(browser: Browser, page: str) -> None:
    browser.get(page)
    browser.send("/check-now")


def test_a_list_is_looked_at_at_once_and_the_way_back_keeps_its_filters(
    nora: Browser, portal: Portal
) -> None:
    nora.get("/invoices?type=overdue&sort=due")
    portal.rests_again()
    nora.send("/check-now")
    assert nora.answer.headers["Location"] == "/invoices?type=overdue&sort=due"
    assert portal.is_due()
    assert any(job.startswith(f"s-{ORG}-") for job in portal.enqueued_jobs())
    nora.follow()
    assert "Zoho is being asked" in nora.text and nora.page.find("meta", attrs={"name": "poll-seconds"})


def test_a_document_is_read_again_without_the_lists(nora: Browser, portal: Portal) -> None:
    nora.get("/invoices/46000000004001")
    portal.rests_again()
    nora.send("/check-now")
    assert not portal.is_due()
    assert any(job.startswith(f"d-{ORG}-invoices-46000000004001") for job in portal.enqueued_jobs())


def test_it_may_be_asked_again_after_a_minute_and_the_page_says_so(nora: Browser, portal: Portal) -> None:
    check(nora, "/invoices")
    nora.get("/estimates")
    assert nora.page.find("form", action="/check-now") is None
    portal.services.stores.records.expire(sync_keys.checks(ORG, CUSTOMER), 40)
    nora.get("/estimates")
    assert (
        "You can check again in 40 seconds" in nora.text or "You can check again in 39 seconds" in nora.text
    )
    assert nora.page.find("meta", attrs={"name": "poll-seconds"}) is None
    portal.minute_passes()
    nora.get("/estimates")
    assert nora.page.find("form", action="/check-now") is not None


def test_pressing_it_in_two_tabs_asks_once(nora: Browser, portal: Portal) -> None:
    nora.get("/invoices")
    nora.send("/check-now")
    portal.rests_again()
    nora.send("/check-now")
    assert not portal.is_due()


def test_another_customers_limit_is_their_own(nora: Browser, otto: Browser, portal: Portal) -> None:
    check(nora, "/invoices")
    portal.rests_again()
    check(otto, "/invoices")
    assert portal.is_due()


@pytest.mark.parametrize(
    ("kind", "document"),
    [("invoices", "46000000004777"), ("contacts", CUSTOMER), ("invoices", ""), ("x", "1")],
)
def test_what_is_not_theirs_to_ask_for_is_not_asked(
    nora: Browser, portal: Portal, kind: str, document: str
) -> None:
    nora.get("/invoices")
    nora.send("/check-now", {"kind": kind, "id": document}, status=404)
    assert not [job for job in portal.enqueued_jobs() if job.startswith("d-")]


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_the_way_back_leads_nowhere_else(nora: Browser, portal: Portal, back: str) -> None:
    nora.get("/invoices")
    nora.send("/check-now", {"back": back})
    assert nora.answer.headers["Location"] == "/"


def test_without_a_connection_there_is_no_button_and_nothing_is_rung(nora: Browser, portal: Portal) -> None:
    nora.get("/invoices")
    portal.rests_again()
    portal.services.connections.mark(ORG, ConnectionState.RECONNECT_NEEDED)
    nora.send("/check-now")
    assert not portal.is_due()
    nora.get("/invoices")
    assert nora.page.find("form", action="/check-now") is None


@pytest.mark.parametrize(("left", "told"), [(251, False), (250, True), (0, True)])
def test_a_day_whose_calls_are_used_up_is_told_with_its_end(
    nora: Browser, portal: Portal, left: int, told: bool
) -> None:
    portal.services.zoho.books_budget.note_day(ORG, 1000, left, 2 * 3600)
    nora.get("/invoices")
    assert ("Changes are looked for again from" in nora.text) is told
    if told:
        ends = dt.datetime.now(dt.UTC) + dt.timedelta(hours=2)
        assert f"{ends:%H:%M}" in nora.text or f"{ends - dt.timedelta(minutes=1):%H:%M}" in nora.text


def test_a_new_day_ends_the_notice(nora: Browser, portal: Portal) -> None:
    portal.services.zoho.books_budget.note_day(ORG, 1000, 0, -1)
    nora.get("/invoices")
    assert "looked for again" not in nora.text


def test_an_estimate_and_a_payment_have_the_button_too(nora: Browser, portal: Portal, seed: Seeding) -> None:
    seed.has(an_estimate())
    nora.get(f"/estimates/{an_estimate().id}")
    assert nora.form("/check-now").find("input", attrs={"name": "kind", "value": "estimates"})
