"""A client who comes back makes a sleeping portal look for changes; one who reads on does not."""

from __future__ import annotations

import datetime as dt

import pytest

from cache.document_kind import DocumentKind
from cache.records.connections.connection import ConnectionState
from cache.records.sync import keys as sync_keys
from tests.gateway.browser import Browser
from tests.gateway.seeding import ORG
from workers.services import Services

AN_HOUR = 3600.0


class Portal:
    """What the next page view finds."""

    def __init__(self, services: Services) -> None:
        self.services = services

    def sleeps(self, *, seen_before: float | None, read_before: float) -> None:
        """Seconds since a client was seen (None: never) and since the lists were read; the next look is an
        hour away.
        """
        now = dt.datetime.now(dt.UTC)
        self.services.stores.records.delete(sync_keys.client_seen(ORG))
        if seen_before is not None:
            self.services.stores.records.set(
                sync_keys.client_seen(ORG), f"{now.timestamp() - seen_before:.3f}"
            )
        for name in DocumentKind:
            self.services.sync_states.update(ORG, name, last_success=now - dt.timedelta(seconds=read_before))
        self.services.sync_due.set_in(ORG, AN_HOUR)

    def is_awake(self) -> bool:
        due = self.services.sync_due.at(ORG)
        assert due is not None
        return due <= dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1)


@pytest.fixture
def portal(services: Services) -> Portal:
    return Portal(services)


@pytest.mark.parametrize(
    ("seen_before", "read_before", "awakes"),
    [
        (None, AN_HOUR, True),
        (AN_HOUR, AN_HOUR, True),
        (AN_HOUR, 0.0, False),  # it has just been read
        (0.5, AN_HOUR, False),  # the reader was there all the time: the pace is the pull's own
    ],
)
def test_who_comes_back_awakes_the_portal(
    nora: Browser, portal: Portal, seen_before: float | None, read_before: float, awakes: bool
) -> None:
    portal.sleeps(seen_before=seen_before, read_before=read_before)
    nora.get("/invoices")
    assert portal.is_awake() is awakes


def test_a_portal_that_looked_just_before_the_reader_came_looks_again_soon(
    nora: Browser, portal: Portal
) -> None:
    """The interval is two seconds here; the sleeping organisation's next look was an hour away."""
    portal.sleeps(seen_before=AN_HOUR, read_before=0.0)
    nora.get("/invoices")
    due = portal.services.sync_due.at(ORG)
    assert due is not None and due <= dt.datetime.now(dt.UTC) + dt.timedelta(seconds=3)


def test_nobody_awakes_what_can_not_be_asked(nora: Browser, portal: Portal) -> None:
    portal.sleeps(seen_before=None, read_before=AN_HOUR)
    portal.services.connections.mark(ORG, ConnectionState.RECONNECT_NEEDED)
    nora.get("/invoices")
    assert not portal.is_awake()


def test_a_stranger_awakes_nothing(visitor: Browser, portal: Portal) -> None:
    portal.sleeps(seen_before=None, read_before=AN_HOUR)
    visitor.get("/invoices", status=303)
    assert not portal.is_awake()
