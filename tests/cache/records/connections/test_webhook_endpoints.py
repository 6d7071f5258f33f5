"""Addresses for webhooks: found by their hash alone, sealed at rest, gone when closed."""

from __future__ import annotations

import re

import pytest

from cache.records.connections import keys as connection_keys
from cache.records.connections.webhook_endpoints import MAX_DELIVERIES, PER_MINUTE, Proof, WebhookEndpoints
from cache.sealing import Seal
from cache.stores import Stores
from config.settings import Settings

ORG = "us-1"


@pytest.fixture
def endpoints(stores: Stores, settings: Settings) -> WebhookEndpoints:
    return WebhookEndpoints(stores.records, Seal(settings.sealing_keys))


def test_a_door_is_found_by_its_address(endpoints: WebhookEndpoints) -> None:
    assert endpoints.of(ORG) is None and endpoints.by_key("never-was-one") is None
    endpoint = endpoints.make(ORG)
    assert endpoints.by_key(endpoint.key) == endpoints.of(ORG) == endpoint
    assert re.fullmatch("[a-z0-9]{12,50}", endpoint.secret), (
        "Zoho takes 12 to 50 letters and digits (zoho.md 6.1)"
    )


def test_a_new_address_ends_the_old_one(endpoints: WebhookEndpoints) -> None:
    first = endpoints.make(ORG, Proof.SIGNATURE)
    second = endpoints.make(ORG, Proof.SIGNATURE)
    assert endpoints.by_key(first.key) is None and endpoints.by_key(second.key) == second
    assert first.secret != second.secret
    endpoints.close(ORG)
    assert endpoints.by_key(second.key) is None and endpoints.of(ORG) is None


def test_neither_address_nor_secret_can_be_read_from_the_store(
    endpoints: WebhookEndpoints, stores: Stores
) -> None:
    endpoint = endpoints.make(ORG)
    kept = str(
        [stores.records.hgetall(connection_keys.webhook_endpoint(ORG)), list(stores.records.scan_iter("*"))]
    )
    assert endpoint.key not in kept and endpoint.secret not in kept


def test_how_deliveries_prove_themselves_can_change(endpoints: WebhookEndpoints) -> None:
    endpoints.prove_by(ORG, Proof.HEADER)
    assert endpoints.of(ORG) is None, "a proof makes no door"
    endpoint = endpoints.make(ORG)
    endpoints.prove_by(ORG, Proof.HEADER)
    changed = endpoints.by_key(endpoint.key)
    assert changed is not None and (changed.proof, changed.secret) == (Proof.HEADER, endpoint.secret)


def test_the_latest_deliveries_are_kept_newest_first(endpoints: WebhookEndpoints) -> None:
    for number in range(MAX_DELIVERIES + 5):
        endpoints.note(ORG, "accepted", f"estimates {number}")
    latest = endpoints.latest(ORG)
    assert len(latest) == MAX_DELIVERIES and latest[0].about == f"estimates {MAX_DELIVERIES + 4}"
    assert latest[0].at >= latest[-1].at


def test_deliveries_are_counted_per_organisation(endpoints: WebhookEndpoints) -> None:
    assert all(endpoints.may_deliver(ORG) for _ in range(PER_MINUTE.most))
    assert not endpoints.may_deliver(ORG) and endpoints.may_deliver("us-2")
