"""The client's pages in the states that are nobody's wish: old copies, closed portals, no session, and
nothing there yet.
"""

from __future__ import annotations

import pytest

from cache.records.connections.connection import ConnectionState
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import CUSTOMER, a_customer, a_recurring_invoice, an_estimate, an_invoice
from tests.gateway.seeding import ORG, Seeding
from workers.services import Services

ESTIMATE, SUBSCRIPTION = an_estimate(), a_recurring_invoice()
ONES = (f"/estimates/{ESTIMATE.id}", f"/subscriptions/{SUBSCRIPTION.id}")
PAGES = (
    "/",
    "/estimates",
    "/subscriptions",
    *ONES,
    "/details",
    "/contact",
    "/contact/mail",
    "/contact/review",
    "/requests",
    "/activity",
)


@pytest.fixture(autouse=True)
def documents(seed: Seeding) -> None:
    seed.has(ESTIMATE, SUBSCRIPTION, an_invoice())


@pytest.mark.parametrize("page", PAGES)
def test_with_a_lost_connection_every_page_goes_on_and_says_so(
    nora: Browser, services: Services, page: str
) -> None:
    services.connections.mark(ORG, ConnectionState.RECONNECT_NEEDED)
    nora.get(page)
    assert "connection to Harbour Light Studio’s books is being renewed" in nora.text
    if nora.page.select_one("main .money"):
        assert nora.page.select_one("main [data-as-of]")


@pytest.mark.parametrize("page", PAGES)
def test_a_closed_portal_shows_nothing(nora: Browser, services: Services, page: str) -> None:
    services.connections.mark(ORG, ConnectionState.DISCONNECTED)
    nora.get(page, status=410)
    assert "This portal is closed" in nora.text and "Northwind" not in nora.text


@pytest.mark.parametrize("page", PAGES)
def test_without_a_session_every_page_leads_to_the_sign_in_and_back(visitor: Browser, page: str) -> None:
    visitor.get(page, status=303)
    assert visitor.answer.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("page", PAGES)
def test_with_every_copy_gone_nothing_is_made_up(nora: Browser, services: Services, page: str) -> None:
    services.stores.copies.flushdb()
    is_list_of_nothing = page.startswith("/subscriptions")
    nora.get(page, status=404 if is_list_of_nothing else 202 if page in (*ONES, "/details") else 200)
    assert not nora.page.select("main .money") and "No estimates yet" not in nora.text
    if page in ("/", "/estimates"):
        assert nora.page.find("meta", attrs={"name": "poll-seconds"}) and "first time" in nora.text


@pytest.mark.parametrize(
    ("page", "expected"), [("/requests", "No requests yet"), ("/activity", "Nothing yet")]
)
def test_nothing_yet_is_said_kindly(nora: Browser, page: str, expected: str) -> None:
    nora.get(page)
    assert expected in nora.text


def test_details_that_cannot_be_read_again_are_called_old(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    seed.has(a_customer(phone="+1 207 555 0999"), only_rows=True)
    services.connections.mark(ORG, ConnectionState.RECONNECT_NEEDED)
    nora.get("/details")
    assert nora.page.find(id="billing-address") and CUSTOMER not in nora.text
