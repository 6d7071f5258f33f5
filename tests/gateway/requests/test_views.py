"""Receipts: the true steps, with and without a script."""

from __future__ import annotations

import pytest
from flask import Flask

from cache.records.orders.order import OrderState
from gateway.web.template_filters import clock, moment
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import an_estimate
from tests.gateway.seeding import ORG, PASSWORD, Seeding
from workers.services import Services

ESTIMATE = an_estimate()


@pytest.fixture
def receipt(nora: Browser, seed: Seeding) -> str:
    """The address of the receipt of an acceptance that has just been recorded."""
    seed.has(ESTIMATE)
    nora.get(f"/estimates/{ESTIMATE.id}")
    nora.send(f"/estimates/{ESTIMATE.id}/accept")
    return nora.answer.headers["Location"]


def settle(services: Services, receipt: str, state: OrderState, message: str, zoho_message: str = "") -> None:
    """What a worker does when it learns the outcome."""
    claim = services.orders.claim(ORG, receipt.rsplit("/", 1)[1], lease=5, settle=1)
    assert claim is not None
    services.orders.move(
        claim,
        state,
        message=message,
        zoho_message=zoho_message,
        next_in=None if state is OrderState.CONFIRMED else 60,
    )


def test_an_open_receipt_is_live_and_refreshes_itself_without_a_script(nora: Browser, receipt: str) -> None:
    page = nora.get(receipt)
    assert "Recorded here, about to be sent to Zoho" in nora.text and "Asked for by you" in nora.text
    assert page.find("section", attrs={"data-receipt": f"{receipt}/state"})
    assert page.find("noscript") and "refresh" in str(page.find("noscript"))


def test_the_state_for_the_live_receipt_says_the_same_as_the_page(nora: Browser, receipt: str) -> None:
    nora.get(f"{receipt}/state")
    facts = nora.answer.get_json()
    assert (facts["is_final"], facts["headline"]) == (False, "Recorded here, about to be sent to Zoho")
    assert [step["text"] for step in facts["steps"]] == [
        "Nora West accepted this estimate. It is recorded here."
    ]
    assert "account" not in facts and "payload" not in facts


def test_the_version_that_was_seen_stands_on_the_receipt(nora: Browser, receipt: str) -> None:
    nora.get(receipt)
    assert f"Seen in the version of {moment(ESTIMATE.modified_at)}" in nora.text


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (OrderState.WAITING, "The next try is at"),
        (OrderState.UNCERTAIN, "Zoho is read again at"),
        (OrderState.NEEDS_ATTENTION, ""),
    ],
)
def test_when_it_goes_on_is_told_with_and_without_a_script(
    app: Flask, nora: Browser, receipt: str, services: Services, state: OrderState, expected: str
) -> None:
    claim = services.orders.claim(ORG, receipt.rsplit("/", 1)[1], lease=5, settle=1)
    assert claim is not None
    if state is OrderState.UNCERTAIN:
        claim = services.orders.note_sending(claim, "Sent to Zoho.")
    order = services.orders.move(claim, state, message="As it is.", next_in=90)
    assert order.next_at is not None
    with app.app_context():
        wanted = f"{expected} {clock(order.next_at)}." if expected else ""
    nora.get(receipt)
    assert nora.page.select_one("[data-next-try]").get_text() == wanted
    mark = nora.page.select_one("[data-receipt]")["data-mark"]
    nora.get(f"{receipt}/state")
    facts = nora.answer.get_json()
    assert (facts["next_try"], facts["mark"]) == (wanted, mark)


def test_a_time_that_has_come_is_no_next_try(nora: Browser, receipt: str, services: Services) -> None:
    claim = services.orders.claim(ORG, receipt.rsplit("/", 1)[1], lease=5, settle=1)
    assert claim is not None
    services.orders.move(claim, OrderState.WAITING, message="As it is.", next_in=0)
    nora.get(f"{receipt}/state")
    assert nora.answer.get_json()["next_try"] == ""


def test_a_confirmed_receipt_rests(nora: Browser, receipt: str, services: Services) -> None:
    settle(services, receipt, OrderState.CONFIRMED, "Zoho shows the estimate as accepted.")
    page = nora.get(receipt)
    assert "Confirmed by Zoho" in nora.text
    assert not page.find(attrs={"data-receipt": True}) and not page.find("noscript")


def test_a_refusal_shows_zohos_words_and_what_can_be_done(
    nora: Browser, receipt: str, services: Services
) -> None:
    settle(services, receipt, OrderState.REFUSED, "Zoho refused it.", zoho_message="Quote <b>expired</b>.")
    page = nora.get(receipt)
    assert "Quote <b>expired</b>." in nora.text and not page.find("b")
    assert "Nothing was changed in Zoho" in nora.text


NEVER_OF_AN_ANSWER = (OrderState.RECORDED, OrderState.PROPOSED, OrderState.AT_CHECKOUT)


@pytest.mark.parametrize("state", [state for state in OrderState if state not in NEVER_OF_AN_ANSWER])
def test_every_state_has_its_headline(
    nora: Browser, receipt: str, services: Services, state: OrderState
) -> None:
    claim = services.orders.claim(ORG, receipt.rsplit("/", 1)[1], lease=5, settle=1)
    assert claim is not None
    if state in (OrderState.SENDING, OrderState.UNCERTAIN):
        claim = services.orders.note_sending(claim, "Sent to Zoho.")
    if state is not OrderState.SENDING:
        services.orders.move(claim, state, message="As it is.", next_in=60)
    nora.get(receipt)
    nora.get("/requests")
    nora.get(f"/estimates/{ESTIMATE.id}")


def test_a_colleagues_request_names_the_colleague(
    app: object, nora: Browser, receipt: str, seed: Seeding
) -> None:
    seed.client("46000000001001", "46000000002060", email="pia@northwind.example", name="Pia Lund")
    nora.send("/sign-out")
    nora.sign_in("pia@northwind.example", "a quiet harbour at dawn")
    nora.get(receipt)
    assert "Asked for by Nora West" in nora.text


def test_requests_begin_with_a_friendly_nothing(nora: Browser) -> None:
    nora.get("/requests")
    assert "No requests yet" in nora.text


def test_a_request_that_still_waits_can_be_withdrawn(nora: Browser, receipt: str, services: Services) -> None:
    nora.get(receipt)
    nora.send(f"{receipt}/withdraw")
    assert nora.answer.headers["Location"] == receipt
    nora.follow()
    assert "Withdrawn before it was sent" in nora.text and "Nora West withdrew it" in nora.text
    assert nora.page.find("form", action=f"{receipt}/withdraw") is None
    assert services.orders.due(10) == [], "nothing is left to deliver"
    nora.get("/activity")
    assert "Nora West withdrew it" in nora.text
    nora.get(f"/estimates/{ESTIMATE.id}")
    assert nora.page.find("form", action=f"/estimates/{ESTIMATE.id}/accept"), "they may decide again"


def test_once_a_worker_has_it_it_is_too_late(nora: Browser, receipt: str, services: Services) -> None:
    nora.get(receipt)
    claim = services.orders.claim(ORG, receipt.rsplit("/", 1)[1], lease=30, settle=1)
    assert claim is not None
    nora.send(f"{receipt}/withdraw")
    nora.follow()
    assert "Withdrawn" not in nora.text
    services.orders.note_sending(claim, "Sent to Zoho.")
    nora.get(receipt)
    assert nora.page.find("form", action=f"{receipt}/withdraw") is None
    assert "order_withdrawn" not in [item.event for item in services.activity.recent(ORG, 10)]


def test_nobody_elses_request_can_be_withdrawn(
    nora: Browser, otto: Browser, receipt: str, services: Services
) -> None:
    otto.get("/requests")
    token = str(otto.page.find("input", attrs={"name": "csrf_token"})["value"])
    otto.post(f"{receipt}/withdraw", {"csrf_token": token}, status=404)
    order = services.orders.get(ORG, receipt.rsplit("/", 1)[1])
    assert order is not None and order.state is OrderState.RECORDED


def test_requests_can_be_narrowed(nora: Browser, seed: Seeding, services: Services, receipt: str) -> None:
    shown = {"": True, "mine": True, "open": True, "done": False, "not": False, "nonsense": True}
    for group, is_there in shown.items():
        nora.get(f"/requests?show={group}")
        assert bool(nora.page.select_one(f"main a[href='{receipt}']")) is is_there, group
        assert ("None of these" in nora.text) is not is_there
    settle(services, receipt, OrderState.CONFIRMED, "Zoho shows it as accepted.")
    nora.get("/requests?show=done")
    assert (
        nora.page.select_one(f"main a[href='{receipt}']")
        and nora.page.select_one(".page-menu [aria-current]").get_text() == "Confirmed"
    )
    nora.get("/requests?show=open")
    assert "None of these" in nora.text and nora.page.find("a", href="/requests", class_="button")


def test_a_colleagues_request_is_not_among_mine(nora: Browser, seed: Seeding, receipt: str) -> None:
    seed.client(ESTIMATE.customer_id, "46000000002009", email="pia@northwind.example", name="Pia Lund")
    pia = Browser(nora.app)
    pia.sign_in("pia@northwind.example", PASSWORD)
    pia.get("/requests")
    assert "Nora West" in pia.text
    pia.get("/requests?show=mine")
    assert "None of these" in pia.text
