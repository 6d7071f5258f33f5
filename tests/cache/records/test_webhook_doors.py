"""Addresses for webhooks: found by their hash alone, sealed at rest, gone when closed."""

from __future__ import annotations

import re

import pytest

from cache import keys
from cache.records.webhook_doors import LATEST_KEPT, Proof, WebhookDoors
from cache.redis_connections import RedisConnections
from cache.sealing import Seal
from config.settings import Settings

ORG = "us-1"


@pytest.fixture
def doors(redis: RedisConnections, settings: Settings) -> WebhookDoors:
    return WebhookDoors(redis.records, Seal(settings.sealing_keys))


def test_a_door_is_found_by_its_address(doors: WebhookDoors) -> None:
    assert doors.of(ORG) is None and doors.behind("never-was-one") is None
    door = doors.make(ORG)
    assert doors.behind(door.key) == doors.of(ORG) == door
    assert re.fullmatch("[a-z0-9]{12,50}", door.secret), "Zoho takes 12 to 50 letters and digits (FACTS 6.1)"


def test_a_new_address_ends_the_old_one(doors: WebhookDoors) -> None:
    first = doors.make(ORG, Proof.SIGNATURE)
    second = doors.make(ORG, Proof.SIGNATURE)
    assert doors.behind(first.key) is None and doors.behind(second.key) == second
    assert first.secret != second.secret
    doors.close(ORG)
    assert doors.behind(second.key) is None and doors.of(ORG) is None


def test_neither_address_nor_secret_can_be_read_from_the_store(
    doors: WebhookDoors, redis: RedisConnections
) -> None:
    door = doors.make(ORG)
    kept = str([redis.records.hgetall(keys.webhook_door(ORG)), list(redis.records.scan_iter("*"))])
    assert door.key not in kept and door.secret not in kept


def test_how_deliveries_prove_themselves_can_change(doors: WebhookDoors) -> None:
    doors.prove_by(ORG, Proof.HEADER)
    assert doors.of(ORG) is None, "a proof makes no door"
    door = doors.make(ORG)
    doors.prove_by(ORG, Proof.HEADER)
    changed = doors.behind(door.key)
    assert changed is not None and (changed.proof, changed.secret) == (Proof.HEADER, door.secret)


def test_the_latest_deliveries_are_kept_newest_first(doors: WebhookDoors) -> None:
    for number in range(LATEST_KEPT + 5):
        doors.note(ORG, "accepted", f"estimates {number}")
    latest = doors.latest(ORG)
    assert len(latest) == LATEST_KEPT and latest[0].about == f"estimates {LATEST_KEPT + 4}"
    assert latest[0].at >= latest[-1].at


def test_deliveries_are_counted_per_organisation(doors: WebhookDoors) -> None:
    assert [doors.this_minute(ORG), doors.this_minute(ORG), doors.this_minute("us-2")] == [1, 2, 1]
