"""The door for Zoho's webhooks: what is genuine rings a worker once, everything else changes nothing."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import pytest
from flask import Flask
from rq import Queue
from rq.serializers import JSONSerializer

from cache.records.connections.connection import ConnectionState
from cache.records.connections.webhook_endpoints import PER_MINUTE, Proof, WebhookEndpoint
from cache.stores import open_queue_redis
from config.settings import Settings
from gateway.merchant.webhooks.receiver_views import TOKEN_HEADER
from tests.gateway.seeding import ORG, Seeding
from workers.services import Services

BODY = json.dumps({"estimate": {"estimate_id": "4600000000000000123"}})
JSON_TYPE = {"Content-Type": "application/json"}


class Zoho:
    """Posts to the door from outside, without cookies or sessions."""

    def __init__(self, app: Flask, settings: Settings, services: Services) -> None:
        self._client = app.test_client(use_cookies=False)
        self._queue = Queue("pull", connection=open_queue_redis(settings), serializer=JSONSerializer)
        self.endpoints = services.webhook_endpoints

    def endpoint(self, proof: Proof = Proof.ADDRESS) -> WebhookEndpoint:
        return self.endpoints.make(ORG, proof)

    def posts(self, key: str, body: str | bytes = BODY, **how: Any) -> int:
        answer = self._client.post(f"/hooks/zoho/{key}", data=body, **{"headers": JSON_TYPE} | how)
        assert "Set-Cookie" not in answer.headers
        return answer.status_code

    def enqueued(self) -> list[list[str]]:
        return [list(job.args) for job in self._queue.jobs]

    def outcome(self) -> str:
        return self.endpoints.latest(ORG)[0].outcome


@pytest.fixture
def zoho(app: Flask, settings: Settings, services: Services, seed: Seeding) -> Zoho:
    return Zoho(app, settings, services)


def test_a_genuine_delivery_rings_for_the_record_it_names(zoho: Zoho) -> None:
    assert zoho.posts(zoho.endpoint().key) == 200
    assert zoho.enqueued() == [[ORG, "estimates", "4600000000000000123"]]
    assert zoho.outcome() == "accepted"


def test_doubled_deliveries_ring_once(zoho: Zoho) -> None:
    key = zoho.endpoint().key
    assert [zoho.posts(key) for _ in range(5)] == [200] * 5
    assert len(zoho.enqueued()) == 1


def test_a_form_is_read_as_well(zoho: Zoho) -> None:
    assert zoho.posts(zoho.endpoint().key, {"JSONString": BODY}, headers={}) == 200  # type: ignore[arg-type]
    assert len(zoho.enqueued()) == 1


def test_an_unknown_address_is_no_page(zoho: Zoho) -> None:
    zoho.endpoint()
    assert zoho.posts("x" * 43) == 404
    assert zoho.enqueued() == []


def signature(endpoint: WebhookEndpoint, text: str = BODY) -> dict[str, str]:
    return {
        "X-Zoho-Webhook-Signature": hmac.new(
            endpoint.secret.encode(), text.encode(), hashlib.sha256
        ).hexdigest()
    }


def test_where_a_signature_is_wanted_nothing_else_will_do(zoho: Zoho) -> None:
    endpoint = zoho.endpoint(Proof.SIGNATURE)
    assert zoho.posts(endpoint.key, headers=JSON_TYPE | signature(endpoint)) == 200
    assert len(zoho.enqueued()) == 1
    assert zoho.posts(endpoint.key) == 401
    assert zoho.posts(endpoint.key, headers=JSON_TYPE | signature(endpoint, "another body")) == 401
    assert zoho.posts(endpoint.key, headers=JSON_TYPE | {TOKEN_HEADER: endpoint.secret}) == 401
    assert zoho.outcome() == "unproven" and len(zoho.enqueued()) == 1


def test_where_a_header_is_wanted_nothing_else_will_do(zoho: Zoho) -> None:
    endpoint = zoho.endpoint(Proof.HEADER)
    assert zoho.posts(endpoint.key, headers=JSON_TYPE | {TOKEN_HEADER: "wrong"}) == 401
    assert zoho.posts(endpoint.key, headers=JSON_TYPE | signature(endpoint)) == 401
    assert zoho.enqueued() == []
    assert zoho.posts(endpoint.key, headers=JSON_TYPE | {TOKEN_HEADER: endpoint.secret}) == 200
    assert len(zoho.enqueued()) == 1


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"\xff", b"[[[[", json.dumps({"estimate": {"estimate_id": "1/../2"}}).encode()]
)
def test_what_cannot_be_read_is_taken_in_silence(zoho: Zoho, body: bytes) -> None:
    assert zoho.posts(zoho.endpoint().key, body) == 200
    assert zoho.outcome() == "empty" and zoho.enqueued() == []


def test_an_organisation_that_cannot_be_asked_is_not_rung_for(zoho: Zoho, services: Services) -> None:
    services.connections.mark(ORG, ConnectionState.RECONNECT_NEEDED)
    assert zoho.posts(zoho.endpoint().key) == 200
    assert zoho.outcome() == "empty" and zoho.enqueued() == []


def test_a_flood_is_left_to_the_sync(zoho: Zoho) -> None:
    endpoint = zoho.endpoint()
    for _ in range(PER_MINUTE.most):
        zoho.endpoints.may_deliver(ORG)
    assert zoho.posts(endpoint.key) == 200
    assert zoho.outcome() == "too_many" and zoho.enqueued() == []


def test_a_body_that_is_too_large_is_refused(zoho: Zoho) -> None:
    assert zoho.posts(zoho.endpoint().key, b"x" * 300_000) == 413
    assert zoho.enqueued() == []


def test_the_door_opens_for_posts_alone(zoho: Zoho, app: Flask) -> None:
    key = zoho.endpoint().key
    client = app.test_client(use_cookies=False)
    assert client.get(f"/hooks/zoho/{key}").status_code == 405
