"""The merchant's pages about the sync: how fresh each list is, the day's calls, and webhooks from none to a
new address.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask import Flask

from cache.records.connections.webhook_endpoints import Proof
from cache.stores import Stores
from tests.gateway.merchant_browser import MerchantBrowser
from workers.services import Services

STUDIO = "Harbour Light Studio"


def minutes_ago(minutes: float) -> dt.datetime:
    return dt.datetime.now(dt.UTC) - dt.timedelta(minutes=minutes)


class Merchant:
    """Ada, inside her organisation."""

    def __init__(self, app: Flask, services: Services) -> None:
        self.browser, self.services = MerchantBrowser(app), services
        self.browser.connect()
        self.org = self.browser.choose(STUDIO)

    def opens(self, page: str) -> str:
        self.browser.get(f"/merchant/{self.org}/{page}")
        return self.browser.text

    def does(self, what: str, **fields: str) -> None:
        self.opens("webhooks")
        self.browser.send(f"/merchant/{self.org}/webhooks", {"do": what, **fields})

    def endpoint(self) -> object:
        return self.services.webhook_endpoints.of(self.org)


@pytest.fixture
def ada(app: Flask, services: Services, stores: Stores, sandbox: object) -> Merchant:
    return Merchant(app, services)


def test_a_list_shows_its_age_and_how_late_changes_came(ada: Merchant) -> None:
    ada.services.sync_states.update(ada.org, "invoices", last_success=minutes_ago(7))
    ada.services.sync_lags.note(ada.org, "invoices", [12.0] * 19 + [300.0])
    words = ada.opens("sync")
    assert "7 min" in words
    assert "12 s, 95 % within 12 s" in words and "last 20 changes" in words
    assert "not yet" in words, "lists that were never read say so"


def test_an_interrupted_list_shows_zohos_words_until_it_is_read_again(ada: Merchant) -> None:
    failed = {"last_error": "Zoho answered with a page instead of data.", "last_error_at": minutes_ago(0)}
    ada.services.sync_states.update(ada.org, "invoices", last_success=minutes_ago(7), **failed)
    assert "Zoho answered with a page instead of data." in ada.opens("sync")
    ada.services.sync_states.update(ada.org, "invoices", last_success=minutes_ago(-0.02))
    assert "Zoho answered with a page instead of data." not in ada.opens("sync")


def test_a_list_that_waits_for_calls_is_not_called_interrupted(ada: Merchant) -> None:
    spent = {
        "last_error": "the share of calls is used up",
        "last_error_at": minutes_ago(0),
        "pauses_until": minutes_ago(-1),
    }
    ada.services.sync_states.update(ada.org, "invoices", phase="first", pages_read=9, rows_seen=1800, **spent)
    for page in ("sync", ""):
        words = ada.opens(page)
        assert "Zoho’s calls are used up for the moment; it goes on at" in words
        assert "Interrupted" not in words and "the share of calls" not in words
    ada.services.sync_states.update(ada.org, "invoices", pauses_until=minutes_ago(1))
    assert "Interrupted" in ada.opens("sync")


def test_the_days_calls_are_told_as_zoho_tells_them(ada: Merchant) -> None:
    ada.services.zoho.books_budget.note_day(ada.org, 2500, 1800, 3600)
    assert "1,800 of 2,500 are left" in ada.opens("sync")


def test_an_address_is_made_shown_and_closed(ada: Merchant) -> None:
    assert "/hooks/zoho/" not in ada.opens("webhooks")
    ada.does("open")
    endpoint = ada.services.webhook_endpoints.of(ada.org)
    assert endpoint is not None
    assert f"{ada.services.settings.portal_url}/hooks/zoho/{endpoint.key}" in ada.opens("webhooks")
    assert endpoint.secret not in ada.browser.text, "the address alone needs no secret"
    ada.does("prove", proof=Proof.SIGNATURE)
    assert endpoint.secret in ada.opens("webhooks")
    ada.does("open")
    assert ada.services.webhook_endpoints.by_key(endpoint.key) is None
    renewed = ada.services.webhook_endpoints.of(ada.org)
    assert renewed is not None and renewed.proof is Proof.SIGNATURE, "a new address keeps the way of proof"
    ada.does("close")
    assert ada.endpoint() is None and "Make the address" in ada.opens("webhooks")


@pytest.mark.parametrize("fields", [{"do": "prove", "proof": "none"}, {"do": "prove"}, {"do": ""}, {}])
def test_what_the_page_does_not_offer_changes_nothing(ada: Merchant, fields: dict[str, str]) -> None:
    ada.does("open")
    before = ada.endpoint()
    ada.opens("webhooks")
    ada.browser.send(f"/merchant/{ada.org}/webhooks", fields, status=400)
    assert ada.endpoint() == before


def test_the_page_tells_what_became_of_a_delivery(ada: Merchant) -> None:
    ada.does("open")
    assert re.search("None has arrived yet", ada.opens("webhooks"))
    ada.services.webhook_endpoints.note(ada.org, "unproven")
    ada.services.webhook_endpoints.note(ada.org, "accepted", "estimates 123")
    words = ada.opens("webhooks")
    assert "Read anew" in words and "estimates 123" in words and "did not prove itself" in words


def test_disconnecting_closes_the_address(ada: Merchant) -> None:
    ada.does("open")
    ada.opens("disconnect")
    ada.browser.send(f"/merchant/{ada.org}/disconnect", {})
    assert ada.endpoint() is None
