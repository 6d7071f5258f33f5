"""Of one person's invitations only the newest is open, however many are made at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from cache.records.invitations import Invitations, InvitationState
from cache.redis_connections import RedisConnections

AT_ONCE = 12


@pytest.fixture
def invitations(redis: RedisConnections) -> Invitations:
    return Invitations(redis.records)


def open_among(invitations: Invitations, secrets: list[str]) -> list[str]:
    found = {secret: invitations.look(secret) for secret in secrets}
    return [secret for secret, one in found.items() if one is not None and one.state is InvitationState.OPEN]


def test_a_newer_link_closes_the_one_before(invitations: Invitations) -> None:
    older, newer = invitations.make("nora"), invitations.make("nora")
    assert open_among(invitations, [older, newer]) == [newer]
    assert not invitations.use(older) and invitations.use(newer)


def test_links_made_at_the_same_moment_leave_one_open(invitations: Invitations) -> None:
    together = threading.Barrier(AT_ONCE)

    def make(_: int) -> str:
        together.wait()
        return invitations.make("nora")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in range(5):
            secrets = list(pool.map(make, range(AT_ONCE)))
            assert len(open_among(invitations, secrets)) == 1


def test_a_link_is_used_once_however_many_use_it_at_the_same_moment(invitations: Invitations) -> None:
    secret, together = invitations.make("nora"), threading.Barrier(AT_ONCE)

    def use(_: int) -> bool:
        together.wait()
        return invitations.use(secret)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert list(pool.map(use, range(AT_ONCE))).count(True) == 1


def test_closing_closes_the_open_link_of_that_person_only(invitations: Invitations) -> None:
    hers, his = invitations.make("nora"), invitations.make("otto")
    invitations.close("nora")
    invitations.close("nobody")
    assert open_among(invitations, [hers, his]) == [his]
