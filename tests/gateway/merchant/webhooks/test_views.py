"""The merchant's test of the webhook address: a delivery like Zoho's, over HTTP, through the portal's own
door.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask, redirect
from werkzeug.serving import make_server

from cache.records.connections.webhook_endpoints import Proof
from tests.gateway.merchant_browser import MerchantBrowser
from workers.services import Services


@contextmanager
def listening(app: Callable[..., Any], port: int) -> Iterator[None]:
    """Something answers at the portal's public address."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


class Merchant:
    """Ada, inside her organisation, with an address for Zoho."""

    def __init__(self, app: Flask, services: Services) -> None:
        self.browser, self.services = MerchantBrowser(app), services
        self.browser.connect()
        self.org = self.browser.choose("Harbour Light Studio")
        self.page = f"/merchant/{self.org}/webhooks"
        services.webhook_endpoints.make(self.org, Proof.ADDRESS)

    def tests(self) -> str:
        """What the page says after the button."""
        self.browser.get(self.page)
        self.browser.send(self.page, {"do": "test"})
        self.browser.follow()
        return self.browser.text


@pytest.fixture
def ada(app: Flask, services: Services, sandbox: object) -> Merchant:
    return Merchant(app, services)


@pytest.mark.parametrize("proof", list(Proof))
def test_a_test_goes_through_the_door_whatever_proof_it_asks_for(
    ada: Merchant, app: Flask, portal_port: int, proof: Proof
) -> None:
    ada.services.webhook_endpoints.prove_by(ada.org, proof)
    with listening(app, portal_port):
        said = ada.tests()
    assert "The test arrived" in said
    (delivery,) = ada.services.webhook_endpoints.latest(ada.org)
    assert delivery.outcome == "empty", "it was genuine, and nothing is read because of it"


def test_a_test_that_nobody_answers_says_so(ada: Merchant) -> None:
    assert "Nobody answered at the address" in ada.tests()
    assert ada.services.webhook_endpoints.latest(ada.org) == []


@pytest.mark.parametrize("answer", [("no", 502), redirect("https://elsewhere.example/")])
def test_a_test_that_somebody_else_answers_says_so(ada: Merchant, portal_port: int, answer: Any) -> None:
    stranger = Flask("stranger")
    stranger.add_url_rule("/<path:any>", view_func=lambda any: answer, methods=["POST"])
    with listening(stranger, portal_port):
        assert "did not let the test in" in ada.tests()


def test_without_an_address_there_is_nothing_to_test(ada: Merchant) -> None:
    ada.browser.get(ada.page)
    ada.services.webhook_endpoints.close(ada.org)
    ada.browser.send(ada.page, {"do": "test"}, status=400)
