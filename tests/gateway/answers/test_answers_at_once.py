"""Double click, two tabs, two persons, accept and decline in the same moment: one effect in Zoho, and the
other is told kindly.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from cache.records.orders.order import Order, OrderKind, OrderState
from config.settings import Settings
from connectors.zoho.documents.estimate import Estimate
from tests.gateway.browser import Browser
from tests.gateway.merchant_browser import MerchantBrowser
from tests.gateway.real_zoho import STUDIO, RealZoho
from tests.gateway.seeding import Seeding
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_factory import ForkedWorkers
from tests.servers.worker_process import until
from workers.services import Services

SubmitForm = Callable[[], None]


@pytest.fixture
def world(app: Flask, services: Services, sandbox: SandboxServer) -> RealZoho:
    ada = MerchantBrowser(app)
    ada.connect(ticks_billing=True)
    return RealZoho(app, services, sandbox, ada.choose(STUDIO))


@pytest.fixture
def offer(world: RealZoho) -> Estimate:
    """It waits for the answer of a customer with two people."""
    several = {
        contact["contact_id"]
        for contact in world.truth["contacts"].values()
        if len(contact["contact_persons"]) > 1
    }
    found = next(
        estimate
        for estimate in world.truth["estimates"].values()
        if estimate["status"] == "sent" and estimate["customer_id"] in several
    )
    offer = world.books.estimates.get(found["estimate_id"]).value
    Seeding(world.services).has(offer, org=world.org)
    return offer


def ready(browser: Browser, offer: Estimate, answer: str) -> SubmitForm:
    """The page is open, and the finger above its button."""
    page = f"/estimates/{offer.id}/{answer}"
    browser.get(page) if answer == "decline" else browser.get(f"/estimates/{offer.id}")
    form = browser.form(page)
    fields = {str(field["name"]): str(field.get("value", "")) for field in form.select("input[type=hidden]")}
    return lambda: browser.post(page, fields) and None


def at_once(*submissions: SubmitForm) -> None:
    """All in the same moment, each in a thread of its own."""
    gate, faults = threading.Barrier(len(submissions)), []

    def press(one: SubmitForm) -> None:
        gate.wait()
        try:
            one()
        except AssertionError as fault:
            faults.append(fault)

    threads = [threading.Thread(target=press, args=(submission,)) for submission in submissions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


@pytest.fixture
def settled(world: RealZoho, settings: Settings, tmp_path: Path) -> Callable[[], list[Order]]:
    """All orders, once two real workers have brought them to rest."""

    def bring() -> list[Order]:
        worker_processes = ForkedWorkers(settings, tmp_path / "worker_processes")
        try:
            worker_processes.clock()
            for _ in range(2):
                worker_processes.worker("push")
            return until(
                lambda: found if (found := world.orders()) and all(item.is_final for item in found) else [],
                seconds=90,
            )
        finally:
            worker_processes.end()

    return bring


def effects(world: RealZoho, offer: Estimate) -> int:
    calls = world.sandbox.calls()
    return sum(
        call["effect"] for call in calls if call["path"].startswith(f"/books/v3/estimates/{offer.id}/status/")
    )


@pytest.mark.parametrize("how", ["double click", "two tabs", "two persons"])
def test_the_same_answer_in_the_same_moment_is_one(
    world: RealZoho, offer: Estimate, settled: Callable[[], list[Order]], how: str
) -> None:
    lena = world.client_of(offer.customer_id)
    first = ready(lena, offer, "accept")
    if how == "double click":
        second = first
    elif how == "two tabs":
        second = ready(lena, offer, "accept")
    else:
        second = ready(world.colleague_of(offer.customer_id), offer, "accept")
    at_once(first, second)
    (order,) = settled()
    assert order.state is OrderState.CONFIRMED
    assert effects(world, offer) == 1


def test_accept_and_decline_in_the_same_moment_have_one_effect_and_the_other_is_told(
    world: RealZoho, offer: Estimate, settled: Callable[[], list[Order]]
) -> None:
    lena, pia = world.client_of(offer.customer_id), world.colleague_of(offer.customer_id)
    at_once(ready(lena, offer, "accept"), ready(pia, offer, "decline"))
    orders = settled()
    assert effects(world, offer) == 1
    done = [order for order in orders if order.state is OrderState.CONFIRMED]
    assert len(done) == 1
    status = world.sandbox.state(organization_id=world.organization_id, kind="estimates", id=offer.id)
    shown = status[world.organization_id]["estimates"][offer.id]["status"]
    assert (shown == "declined") == (done[0].kind is OrderKind.DECLINE_ESTIMATE)
    for other in orders:
        if other.state is not OrderState.CONFIRMED:
            assert other.state is OrderState.CHANGED and other.attempts == 0
            lena.get(f"/requests/{other.id}")
            assert "did not come about" in lena.text or "was not sent" in lena.text
