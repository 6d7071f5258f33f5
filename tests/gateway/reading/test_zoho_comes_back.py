"""Zoho is down and comes back: it is left alone meanwhile, tried by one caller at a time, and not stormed
afterwards.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from cache.copies import keys as copy_keys
from cache.copies.breaker import MAX_FAILURES
from cache.stores import Stores
from config.settings import Settings
from gateway.app import create_app
from gateway.web.services import EXTENSION
from tests.gateway.browser import Browser
from tests.gateway.seeding import PASSWORD, Seeding
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_process import connect_merchant
from workers.services import Services

MANY = 24


class PortalClient:
    """A client with many invoices of which nothing has been read."""

    def __init__(self, app: Flask, settings: Settings, stores: Stores, sandbox: SandboxServer) -> None:
        self.app, self.stores, self.sandbox = app, stores, sandbox
        self.services: Services = app.extensions[EXTENSION]
        self.org = connect_merchant(settings, stores)
        organization_id = self.org.partition("-")[2]
        invoices = sandbox.state(organization_id=organization_id, kind="invoices")[organization_id][
            "invoices"
        ]
        owners = [invoice["customer_id"] for invoice in invoices.values()]
        customer = max(set(owners), key=owners.count)
        shown = ("sent", "paid", "overdue")
        self.mine = [
            key
            for key, item in invoices.items()
            if item["customer_id"] == customer and item["status"] in shown
        ]
        Seeding(self.services).client(
            customer, "46000000002001", email="erin@client.example", name="Erin Solberg", org=self.org
        )
        self.since = len(sandbox.calls())

    def page_status(self, invoice: str) -> int:
        """Erin opens an invoice, in a browser of her own; the status of the page."""
        browser = self.app.test_client()
        browser.set_cookie("foyer", self.cookie)
        return browser.get(f"/invoices/{invoice}").status_code

    def signs_in(self) -> None:
        browser = Browser(self.app)
        browser.sign_in("erin@client.example", PASSWORD)
        self.cookie = browser.cookie()

    def asked(self) -> int:
        """Calls for single invoices since the last question."""
        calls = self.sandbox.calls()
        found = sum("/books/v3/invoices/" in call["path"] for call in calls[self.since :])
        self.since = len(calls)
        return found

    def asked_more_than_once(self) -> list[str]:
        """Addresses, of an invoice or of what was paid on it, that were called again since the last
        question.
        """
        calls = self.sandbox.calls()
        counts = Counter(
            call["path"] for call in calls[self.since :] if "/books/v3/invoices/" in call["path"]
        )
        self.since = len(calls)
        return [path for path, count in counts.items() if count > 1]

    def expire_breaker(self) -> None:
        assert self.stores.copies.delete(f"{copy_keys.breaker(self.org)}:open") == 1
        self.stores.copies.delete(f"{copy_keys.breaker(self.org)}:probe")

    def zoho_is_down(self) -> None:
        self.sandbox.fault("status", method="GET", path="/books/v3/*", status=503, times=10_000)


@pytest.fixture
def portal_client(settings: Settings, stores: Stores, sandbox: SandboxServer) -> PortalClient:
    settings = dataclasses.replace(settings, page_time_budget=5.0)
    made = PortalClient(create_app(settings), settings, stores, sandbox)
    assert len(made.mine) >= MANY
    made.signs_in()
    return made


def test_while_zoho_is_down_a_few_calls_find_it_out_and_no_more_are_made(portal_client: PortalClient) -> None:
    portal_client.zoho_is_down()
    assert {portal_client.page_status(item) for item in portal_client.mine[:MANY]} == {202}
    assert portal_client.asked() == MAX_FAILURES


def test_after_half_a_minute_one_caller_tries_and_all_others_wait(portal_client: PortalClient) -> None:
    portal_client.zoho_is_down()
    for item in portal_client.mine[:MAX_FAILURES]:
        portal_client.page_status(item)
    portal_client.asked()
    portal_client.expire_breaker()
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(portal_client.page_status, portal_client.mine[:MANY])) == {202}
    assert portal_client.asked() == 1


def test_when_it_is_back_everybody_is_served_and_each_thing_asked_for_once(
    portal_client: PortalClient,
) -> None:
    portal_client.zoho_is_down()
    for item in portal_client.mine[:MAX_FAILURES]:
        portal_client.page_status(item)
    portal_client.sandbox.clear_faults()
    portal_client.expire_breaker()
    portal_client.asked()
    assert portal_client.page_status(portal_client.mine[0]) == 200
    wanted = [item for item in portal_client.mine[:MANY] for _ in range(3)]
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(portal_client.page_status, wanted)) <= {200, 202}
    assert {portal_client.page_status(item) for item in portal_client.mine[:MANY]} == {200}
    assert portal_client.asked_more_than_once() == [], (
        "however many wait for a document, and however often it is looked at"
    )


def test_a_refusal_is_an_answer_too(portal_client: PortalClient) -> None:
    """The one who tries meets "not found": Zoho is back all the same, and the next one is served at once."""
    portal_client.zoho_is_down()
    for item in portal_client.mine[:MAX_FAILURES]:
        portal_client.page_status(item)
    portal_client.sandbox.clear_faults()
    portal_client.expire_breaker()
    assert portal_client.page_status("999999999999") == 404
    assert portal_client.page_status(portal_client.mine[0]) == 200


def test_a_try_that_needs_no_call_leaves_the_try_to_the_next_one(portal_client: PortalClient) -> None:
    """What another process has just brought is shown; it says nothing about Zoho, and must keep nobody
    waiting.
    """
    assert portal_client.page_status(portal_client.mine[0]) == 200
    portal_client.zoho_is_down()
    for item in portal_client.mine[1 : MAX_FAILURES + 1]:
        portal_client.page_status(item)
    portal_client.sandbox.clear_faults()
    portal_client.expire_breaker()
    assert portal_client.page_status(portal_client.mine[0]) == 200
    assert portal_client.page_status(portal_client.mine[1]) == 200
