"""FLUSHDB of the copies in the middle of use: nothing wrong is shown meanwhile, everything fills again,
nothing durable was there.
"""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from flask import Flask

from cache.stores import Stores
from config.settings import Settings
from gateway.app import create_app
from gateway.web.services import EXTENSION
from tests.gateway.browser import Browser
from tests.gateway.seeding import PASSWORD, Seeding
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_process import connect_merchant
from workers.copies.store_fetched import store_rows
from workers.pull.organisation import pull_organisation
from workers.services import Services, build_services

LENA = "lena@brightwater.example"
PAGES = ("/", "/estimates", "/invoices", "/invoices?type=overdue", "/payments", "/subscriptions")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return dataclasses.replace(settings, zoho_calls_per_minute=10_000)


class InUse:
    """Harbour Light's portal, read from the sandbox, with Lena at her pages."""

    def __init__(self, settings: Settings, stores: Stores, sandbox: SandboxServer) -> None:
        self.app: Flask = create_app(settings)
        self.stores, self.sandbox = stores, sandbox
        self.org = connect_merchant(settings, stores)
        self.services: Services = build_services(settings)
        self.reads()
        person, customer = self._lena()
        Seeding(self.app.extensions[EXTENSION]).client(
            customer, person, email=LENA, name="Lena Hartmann", org=self.org
        )
        self.lena = Browser(self.app)
        self.lena.sign_in(LENA, PASSWORD)

    def reads(self) -> None:
        for _ in range(6):
            self.services.sync_states.expedite(self.org)
            pull_organisation(self.org, self.services)

    def shown(self) -> dict[str, str]:
        """What each page says, without the times."""
        found = {}
        for page in PAGES:
            self.lena.get(page)
            found[page] = re.sub(r"As of \d\d:\d\d", "", self.lena.text)
        return found

    def _lena(self) -> tuple[str, str]:
        organization_id = self.org.partition("-")[2]
        told: dict[str, dict[str, Any]] = self.sandbox.state(
            organization_id=organization_id, kind="contacts"
        )[organization_id]
        for customer, body in told["contacts"].items():
            for person in body["contact_persons"]:
                if person["email"] == LENA:
                    return str(person["contact_person_id"]), customer
        raise AssertionError("the seed has Lena")


@pytest.fixture
def portal(settings: Settings, stores: Stores, sandbox: SandboxServer) -> InUse:
    return InUse(settings, stores, sandbox)


def test_until_it_is_read_again_no_page_claims_that_there_is_nothing(portal: InUse) -> None:
    before = portal.shown()
    assert "overdue" in before["/"] and "INV-" in before["/invoices"]
    portal.stores.copies.flushdb()
    for page in ("/", "/estimates", "/invoices", "/invoices?type=overdue", "/payments"):
        portal.lena.get(page)
        assert "being fetched for the first time" in portal.lena.text, page
        assert not re.search(r"[$€]\s?\d", portal.lena.text), f"{page} names a sum although nothing is known"
        for wrong in ("Nothing is outstanding", "Nothing matches", "No invoices", "No estimates"):
            assert wrong not in portal.lena.text, page


def test_halfway_through_reading_again_no_sum_is_made_of_a_part(portal: InUse) -> None:
    portal.stores.copies.flushdb()
    # One page of many is there, as after a worker's death.
    page = portal.services.zoho.books(portal.org).invoices.list_page(1)
    store_rows(portal.services, portal.org, "invoices", page.rows, page.as_of)
    portal.lena.get("/")
    assert "being fetched" in portal.lena.text and "Not known yet." in portal.lena.text
    assert "unpaid invoices" not in portal.lena.text and "overdue" not in portal.lena.text
    portal.lena.get("/invoices")
    assert "INV-" in portal.lena.text, "what is known is shown"
    assert "Not all of your invoices are here yet" in portal.lena.text and "so far" in portal.lena.text


def test_it_fills_again_by_itself_and_nothing_durable_was_lost(portal: InUse) -> None:
    before, estimate = (
        portal.shown(),
        re.search(r"/estimates/(\d+)", _html(portal.lena, "/estimates?type=waiting")),
    )
    assert estimate
    page = f"/estimates/{estimate[1]}"
    portal.lena.get(page)
    portal.lena.send(f"{page}/accept")
    receipt = portal.lena.answer.headers["Location"]
    portal.stores.copies.flushdb()
    portal.lena.get(receipt)
    assert "Recorded" in portal.lena.text, "the session, the account and the order are records"
    portal.reads()
    after = portal.shown()
    for page in PAGES[2:]:
        assert after[page] == before[page], page
    assert "unpaid invoices" in after["/"] and "Not known yet" not in after["/"]
    assert "being fetched" not in after["/"]


def _html(browser: Browser, page: str) -> str:
    browser.get(page)
    return browser.answer.get_data(as_text=True)
