"""Of one person's invitations only the newest is open, however many are made at once."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from cache.records.sign_in.single_use_links import LinkKind, LinkState, SingleUseLinks
from cache.stores import Stores

AT_ONCE = 12


@pytest.fixture
def invitations(stores: Stores) -> SingleUseLinks:
    return SingleUseLinks(stores.records, LinkKind.INVITATION)


def open_among(invitations: SingleUseLinks, secrets: list[str]) -> list[str]:
    found = {secret: invitations.find(secret) for secret in secrets}
    return [secret for secret, item in found.items() if item is not None and item.state is LinkState.OPEN]


def test_a_newer_link_closes_the_one_before(invitations: SingleUseLinks) -> None:
    older, newer = invitations.make("nora"), invitations.make("nora")
    assert open_among(invitations, [older, newer]) == [newer]
    assert not invitations.use(older) and invitations.use(newer)


def test_links_made_at_the_same_moment_leave_one_open(invitations: SingleUseLinks) -> None:
    together = threading.Barrier(AT_ONCE)

    def make(_: int) -> str:
        together.wait()
        return invitations.make("nora")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in range(5):
            secrets = list(pool.map(make, range(AT_ONCE)))
            assert len(open_among(invitations, secrets)) == 1


def test_a_link_is_used_once_however_many_use_it_at_the_same_moment(invitations: SingleUseLinks) -> None:
    secret, together = invitations.make("nora"), threading.Barrier(AT_ONCE)

    def use(_: int) -> bool:
        together.wait()
        return invitations.use(secret)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert list(pool.map(use, range(AT_ONCE))).count(True) == 1


def test_closing_closes_the_open_link_of_that_person_only(invitations: SingleUseLinks) -> None:
    hers, his = invitations.make("nora"), invitations.make("otto")
    invitations.close("nora")
    invitations.close("nobody")
    assert open_among(invitations, [hers, his]) == [his]


def test_a_link_put_twice_stays_used(stores: Stores) -> None:
    """The worker that writes the letter may run twice: the second time must not open what was used
    meanwhile.
    """
    links, ends_at = (
        SingleUseLinks(stores.records, LinkKind.RESET),
        dt.datetime.now(dt.UTC) + dt.timedelta(minutes=5),
    )
    links.put("nora@northwind.example", "a secret of the wish", ends_at=ends_at)
    assert links.use("a secret of the wish")
    links.put("nora@northwind.example", "a secret of the wish", ends_at=ends_at)
    assert not links.use("a secret of the wish")


def test_a_link_of_one_kind_is_none_of_another(stores: Stores) -> None:
    reset, sign_in = (SingleUseLinks(stores.records, kind) for kind in (LinkKind.RESET, LinkKind.SIGN_IN))
    secret = sign_in.make("nora@northwind.example")
    reset.close("nora@northwind.example")
    assert reset.find(secret) is None and not reset.use(secret)
    assert sign_in.use(secret)
