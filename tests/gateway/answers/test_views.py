"""Accepting and declining: what is recorded, and what is refused on the server with its reason."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from cache.records.orders.order import OrderKind, OrderState
from cache.records.orders.seen_document import SeenDocument
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import CUSTOMER, MODIFIED, OTHER_CUSTOMER, an_estimate, today
from tests.gateway.seeding import ORG, Seeding
from workers.services import Services

ESTIMATE = an_estimate()
PAGE = f"/estimates/{ESTIMATE.id}"


def orders(services: Services) -> list:
    return services.orders.of_customer(ORG, CUSTOMER, 50)


def test_accepting_says_for_whom_and_for_how_much_and_leads_to_the_receipt(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    seed.has(ESTIMATE)
    nora.get(f"{PAGE}/accept")
    assert "on behalf of Northwind Traders , for $1,250.50 , under these terms: Half in advance." in nora.text
    nora.send(f"{PAGE}/accept")
    (order,) = orders(services)
    assert nora.answer.headers["Location"] == f"/requests/{order.id}"
    assert (order.kind, order.state, order.document_id) == (
        OrderKind.ACCEPT_ESTIMATE,
        OrderState.RECORDED,
        ESTIMATE.id,
    )
    assert (order.seen_version, order.seen_digest, order.seen_total) == (
        ESTIMATE.version,
        ESTIMATE.digest(),
        Decimal("1250.50"),
    )
    assert order.payload == SeenDocument(ESTIMATE.to_stored())
    nora.follow()
    assert "Nora West accepted this estimate" in nora.text and "Confirmed" not in nora.text


def test_declining_keeps_the_reason(nora: Browser, seed: Seeding, services: Services) -> None:
    seed.has(ESTIMATE)
    nora.get(f"{PAGE}/decline")
    nora.send(f"{PAGE}/decline", {"reason": "  Too dear,\r\nsorry. "})
    (order,) = orders(services)
    assert (order.kind, order.reason) == (OrderKind.DECLINE_ESTIMATE, "Too dear,\nsorry.")


def test_a_reason_that_is_too_long_is_given_back_with_a_message(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    seed.has(ESTIMATE)
    nora.get(f"{PAGE}/decline")
    nora.send(f"{PAGE}/decline", {"reason": "x" * 1001}, status=422)
    assert (
        "at most 1000 characters" in nora.text and nora.page.find("textarea").get_text().strip() == "x" * 1001
    )
    assert orders(services) == []


def test_pressing_twice_makes_one_order(nora: Browser, seed: Seeding, services: Services) -> None:
    seed.has(ESTIMATE)
    nora.get(PAGE)
    nora.send(f"{PAGE}/accept")
    first = nora.answer.headers["Location"]
    nora.send(f"{PAGE}/accept")
    assert nora.answer.headers["Location"] == first
    assert len(orders(services)) == 1


def test_a_second_tab_that_declines_lands_on_the_acceptance(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    seed.has(ESTIMATE)
    nora.get(PAGE)
    nora.send(f"{PAGE}/accept")
    first = nora.answer.headers["Location"]
    nora.send(f"{PAGE}/decline")
    assert nora.answer.headers["Location"] == first
    assert [order.kind for order in orders(services)] == [OrderKind.ACCEPT_ESTIMATE]


def test_an_open_order_is_shown_in_the_place_of_the_buttons(nora: Browser, seed: Seeding) -> None:
    seed.has(ESTIMATE)
    nora.get(PAGE)
    nora.send(f"{PAGE}/accept")
    page = nora.get(PAGE)
    assert "Accepted by you at" in nora.text and "not yet confirmed by Zoho" in nora.text
    assert page.find("form", action=f"{PAGE}/accept") is None
    page = nora.get("/estimates")
    assert page.find("a", href=f"{PAGE}/accept") is None


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("accepted", "already been accepted"),
        ("invoiced", "turned into an invoice"),
        ("declined", "already been declined"),
        ("expired", "expired"),
    ],
)
def test_what_has_been_answered_cannot_be_answered_again(
    nora: Browser, seed: Seeding, services: Services, status: str, expected: str
) -> None:
    seed.has(ESTIMATE)
    nora.get(PAGE)
    seed.has(dataclasses.replace(ESTIMATE, status=status, modified_at=MODIFIED + dt.timedelta(minutes=1)))
    nora.send(f"{PAGE}/accept", status=409)
    assert expected in nora.text and "not recorded" in nora.text
    assert orders(services) == []
    nora.get(f"{PAGE}/accept", status=409)


def test_after_its_last_day_an_estimate_cannot_be_accepted_whatever_its_status(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    seed.has(dataclasses.replace(ESTIMATE, expires_on=today() - dt.timedelta(days=1)))
    nora.get(PAGE)
    assert "It has expired." in nora.text and nora.page.find("form", action=f"{PAGE}/accept") is None
    nora.get(f"{PAGE}/accept", status=409)
    assert orders(services) == []


def test_an_offer_that_changed_since_it_was_seen_is_shown_again_with_what_changed(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    seed.has(ESTIMATE)
    nora.get(PAGE)
    dearer = dataclasses.replace(
        ESTIMATE, total=Decimal("1350.50"), modified_at=MODIFIED + dt.timedelta(minutes=1)
    )
    seed.has(dearer)
    nora.send(f"{PAGE}/accept", status=409)
    assert "changed since you looked" in nora.text
    assert "1250.50 USD" in nora.text and "1350.50 USD" in nora.text
    assert orders(services) == []


def test_a_form_that_names_an_offer_we_never_made_records_nothing(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    seed.has(ESTIMATE)
    nora.get(f"{PAGE}/accept")
    nora.send(f"{PAGE}/accept", {"seen_digest": "0" * 64}, status=409)
    nora.get(f"{PAGE}/accept")
    nora.send(f"{PAGE}/accept", {"seen_digest": "nonsense"}, status=400)
    nora.get(f"{PAGE}/accept")
    nora.send(f"{PAGE}/accept", {"customer_id": OTHER_CUSTOMER}, status=400)
    assert orders(services) == []


@pytest.mark.parametrize("status", ["draft", "pending_approval", "approved"])
def test_what_has_not_been_issued_does_not_exist_for_clients(
    nora: Browser, seed: Seeding, status: str
) -> None:
    seed.has(dataclasses.replace(ESTIMATE, status=status))
    nora.get(PAGE, status=404)
    nora.get(f"{PAGE}/accept", status=404)
    nora.get(f"{PAGE}/pdf", status=404)
    nora.get("/estimates")
    assert ESTIMATE.number not in nora.text


def test_the_merchants_switches_are_walls(nora: Browser, seed: Seeding) -> None:
    seed.has(ESTIMATE)
    seed.settings(may_accept=False, may_decline=False)
    page = nora.get(PAGE)
    assert page.find("a", href=f"{PAGE}/accept") is None and page.find("a", href=f"{PAGE}/decline") is None
    nora.get(f"{PAGE}/accept", status=404)
    nora.get(f"{PAGE}/decline", status=404)


def test_a_press_without_the_token_of_the_session_changes_nothing(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    seed.has(ESTIMATE)
    nora.get(f"{PAGE}/accept")
    nora.send(f"{PAGE}/accept", {"csrf_token": "0011223344556677." + "0" * 64}, status=400)
    assert orders(services) == []
