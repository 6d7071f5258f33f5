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

from cache.records.connection import ConnectionState
from cache.records.webhook_doors import Proof, WebhookDoor
from cache.redis_connections import open_queue_redis
from config.settings import Settings
from gateway.views.webhooks import MOST_A_MINUTE, TOKEN_HEADER
from gateway.wiring import Wiring
from tests.gateway.seeding import ORG, Seeding

BODY = json.dumps({"estimate": {"estimate_id": "4600000000000000123"}})
JSON_TYPE = {"Content-Type": "application/json"}


class Zoho:
    """Posts to the door from outside, without cookies or sessions."""

    def __init__(self, app: Flask, settings: Settings, wiring: Wiring) -> None:
        self._client = app.test_client(use_cookies=False)
        self._queue = Queue("pull", connection=open_queue_redis(settings), serializer=JSONSerializer)
        self.doors = wiring.webhook_doors

    def door(self, proof: Proof = Proof.ADDRESS) -> WebhookDoor:
        return self.doors.make(ORG, proof)

    def posts(self, key: str, body: str | bytes = BODY, **how: Any) -> int:
        answer = self._client.post(f"/hooks/zoho/{key}", data=body, **{"headers": JSON_TYPE} | how)
        assert "Set-Cookie" not in answer.headers
        return answer.status_code

    def rung(self) -> list[list[str]]:
        return [list(job.args) for job in self._queue.jobs]

    def outcome(self) -> str:
        return self.doors.latest(ORG)[0].outcome


@pytest.fixture
def zoho(app: Flask, settings: Settings, wiring: Wiring, seed: Seeding) -> Zoho:
    return Zoho(app, settings, wiring)


def test_a_genuine_delivery_rings_for_the_record_it_names(zoho: Zoho) -> None:
    assert zoho.posts(zoho.door().key) == 200
    assert zoho.rung() == [[ORG, "estimates", "4600000000000000123"]]
    assert zoho.outcome() == "accepted"


def test_doubled_deliveries_ring_once(zoho: Zoho) -> None:
    key = zoho.door().key
    assert [zoho.posts(key) for _ in range(5)] == [200] * 5
    assert len(zoho.rung()) == 1


def test_a_form_is_read_as_well(zoho: Zoho) -> None:
    assert zoho.posts(zoho.door().key, {"JSONString": BODY}, headers={}) == 200  # type: ignore[arg-type]
    assert len(zoho.rung()) == 1


def test_an_unknown_address_is_no_page(zoho: Zoho) -> None:
    zoho.door()
    assert zoho.posts("x" * 43) == 404
    assert zoho.rung() == []


def signature(door: WebhookDoor, text: str = BODY) -> dict[str, str]:
    return {
        "X-Zoho-Webhook-Signature": hmac.new(door.secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    }


def test_where_a_signature_is_wanted_nothing_else_will_do(zoho: Zoho) -> None:
    door = zoho.door(Proof.SIGNATURE)
    assert zoho.posts(door.key, headers=JSON_TYPE | signature(door)) == 200
    assert len(zoho.rung()) == 1
    assert zoho.posts(door.key) == 401
    assert zoho.posts(door.key, headers=JSON_TYPE | signature(door, "another body")) == 401
    assert zoho.posts(door.key, headers=JSON_TYPE | {TOKEN_HEADER: door.secret}) == 401
    assert zoho.outcome() == "unproven" and len(zoho.rung()) == 1


def test_where_a_header_is_wanted_nothing_else_will_do(zoho: Zoho) -> None:
    door = zoho.door(Proof.HEADER)
    assert zoho.posts(door.key, headers=JSON_TYPE | {TOKEN_HEADER: "wrong"}) == 401
    assert zoho.posts(door.key, headers=JSON_TYPE | signature(door)) == 401
    assert zoho.rung() == []
    assert zoho.posts(door.key, headers=JSON_TYPE | {TOKEN_HEADER: door.secret}) == 200
    assert len(zoho.rung()) == 1


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"\xff", b"[[[[", json.dumps({"estimate": {"estimate_id": "1/../2"}}).encode()]
)
def test_what_cannot_be_read_is_taken_in_silence(zoho: Zoho, body: bytes) -> None:
    assert zoho.posts(zoho.door().key, body) == 200
    assert zoho.outcome() == "empty" and zoho.rung() == []


def test_an_organisation_that_cannot_be_asked_is_not_rung_for(zoho: Zoho, wiring: Wiring) -> None:
    wiring.connections.mark(ORG, ConnectionState.RECONNECT_NEEDED)
    assert zoho.posts(zoho.door().key) == 200
    assert zoho.outcome() == "empty" and zoho.rung() == []


def test_a_flood_is_left_to_the_sync(zoho: Zoho) -> None:
    door = zoho.door()
    for _ in range(MOST_A_MINUTE):
        zoho.doors.this_minute(ORG)
    assert zoho.posts(door.key) == 200
    assert zoho.outcome() == "too_many" and zoho.rung() == []


def test_a_body_that_is_too_large_is_refused(zoho: Zoho) -> None:
    assert zoho.posts(zoho.door().key, b"x" * 300_000) == 413
    assert zoho.rung() == []


def test_the_door_opens_for_posts_alone(zoho: Zoho, app: Flask) -> None:
    key = zoho.door().key
    client = app.test_client(use_cookies=False)
    assert client.get(f"/hooks/zoho/{key}").status_code == 405
