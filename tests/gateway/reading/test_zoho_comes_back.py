"""Zoho is down and comes back: it is left alone meanwhile, tried by one caller at a time, and not stormed
afterwards.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from cache.copies import copy_keys
from cache.copies.breaker import MOST_FAILURES
from cache.redis_connections import RedisConnections
from config.settings import Settings
from gateway.app import create_app
from gateway.wiring import EXTENSION, Wiring
from servers.sandbox_server import SandboxServer
from servers.worker_process import connect_merchant
from tests.gateway.browser import Browser
from tests.gateway.seeding import PASSWORD, Seeding

MANY = 24


class House:
    """A client with many invoices of which nothing has been read."""

    def __init__(
        self, app: Flask, settings: Settings, redis: RedisConnections, sandbox: SandboxServer
    ) -> None:
        self.app, self.redis, self.sandbox = app, redis, sandbox
        self.wiring: Wiring = app.extensions[EXTENSION]
        self.org = connect_merchant(settings, redis)
        organization_id = self.org.partition("-")[2]
        invoices = sandbox.state(organization_id=organization_id, kind="invoices")[organization_id][
            "invoices"
        ]
        owners = [one["customer_id"] for one in invoices.values()]
        customer = max(set(owners), key=owners.count)
        shown = ("sent", "paid", "overdue")
        self.mine = [
            key for key, one in invoices.items() if one["customer_id"] == customer and one["status"] in shown
        ]
        Seeding(self.wiring).client(
            customer, "46000000002001", email="erin@client.example", name="Erin Solberg", org=self.org
        )
        self.since = len(sandbox.calls())

    def looks(self, invoice: str) -> int:
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

    def half_a_minute_passes(self) -> None:
        assert self.redis.copies.delete(f"{copy_keys.breaker(self.org)}:open") == 1
        self.redis.copies.delete(f"{copy_keys.breaker(self.org)}:probe")

    def zoho_is_down(self) -> None:
        self.sandbox.fault("status", method="GET", path="/books/v3/*", status=503, times=10_000)


@pytest.fixture
def house(settings: Settings, redis: RedisConnections, sandbox: SandboxServer) -> House:
    settings = dataclasses.replace(settings, page_time_budget=5.0)
    made = House(create_app(settings), settings, redis, sandbox)
    assert len(made.mine) >= MANY
    made.signs_in()
    return made


def test_while_zoho_is_down_a_few_calls_find_it_out_and_no_more_are_made(house: House) -> None:
    house.zoho_is_down()
    assert {house.looks(one) for one in house.mine[:MANY]} == {202}
    assert house.asked() == MOST_FAILURES


def test_after_half_a_minute_one_caller_tries_and_all_others_wait(house: House) -> None:
    house.zoho_is_down()
    for one in house.mine[:MOST_FAILURES]:
        house.looks(one)
    house.asked()
    house.half_a_minute_passes()
    with ThreadPoolExecutor(8) as people:
        assert set(people.map(house.looks, house.mine[:MANY])) == {202}
    assert house.asked() == 1


def test_when_it_is_back_everybody_is_served_and_each_thing_asked_for_once(house: House) -> None:
    house.zoho_is_down()
    for one in house.mine[:MOST_FAILURES]:
        house.looks(one)
    house.sandbox.clear_faults()
    house.half_a_minute_passes()
    house.asked()
    assert house.looks(house.mine[0]) == 200
    wanted = [one for one in house.mine[:MANY] for _ in range(3)]
    with ThreadPoolExecutor(8) as people:
        assert set(people.map(house.looks, wanted)) <= {200, 202}
    assert {house.looks(one) for one in house.mine[:MANY]} == {200}
    assert house.asked_more_than_once() == [], (
        "however many wait for a document, and however often it is looked at"
    )


def test_a_refusal_is_an_answer_too(house: House) -> None:
    """The one who tries meets "not found": Zoho is back all the same, and the next one is served at once."""
    house.zoho_is_down()
    for one in house.mine[:MOST_FAILURES]:
        house.looks(one)
    house.sandbox.clear_faults()
    house.half_a_minute_passes()
    assert house.looks("999999999999") == 404
    assert house.looks(house.mine[0]) == 200


def test_a_try_that_needs_no_call_leaves_the_try_to_the_next_one(house: House) -> None:
    """What another process has just brought is shown; it says nothing about Zoho, and must keep nobody
    waiting.
    """
    assert house.looks(house.mine[0]) == 200
    house.zoho_is_down()
    for one in house.mine[1 : MOST_FAILURES + 1]:
        house.looks(one)
    house.sandbox.clear_faults()
    house.half_a_minute_passes()
    assert house.looks(house.mine[0]) == 200
    assert house.looks(house.mine[1]) == 200
