"""The sync of one organisation while Zoho fails, limits, or no longer lets it in."""

from __future__ import annotations

import datetime as dt

from cache.records.connections import keys as connection_keys
from cache.records.connections.connection import ConnectionState
from tests.servers.sandbox_server import SandboxServer
from tests.workers.pull.mirrored_organisation import MirroredOrganisation


def test_zoho_away_is_tried_again_within_a_minute_and_told_in_words(
    synced: MirroredOrganisation, sandbox: SandboxServer
) -> None:
    sandbox.fault("html", method="GET", path="/books/v3/contacts", status=502, times=5)
    synced.pull()
    assert "Zoho" in synced.state("contacts").last_error
    assert 0 < synced.next_in() < 67


def test_while_zoho_is_known_to_be_down_it_is_left_alone(
    synced: MirroredOrganisation, sandbox: SandboxServer
) -> None:
    for _ in range(5):
        synced.services.breaker.note_failure(synced.org)
    before = len(sandbox.calls())
    synced.pull()
    assert len(sandbox.calls()) == before
    assert 0 < synced.next_in() < 35


def test_a_spent_limit_waits_as_long_as_zoho_asks(
    synced: MirroredOrganisation, sandbox: SandboxServer
) -> None:
    sandbox.fault("status", method="GET", path="/books/v3/contacts", status=429, code=44)
    synced.pull()
    assert 55 < synced.next_in() < 65
    state, now = synced.state("contacts"), dt.datetime.now(dt.UTC)
    assert state.pauses(now) and not state.pauses(now + dt.timedelta(seconds=70)), (
        "and the merchant is told of a pause, not of a fault"
    )
    synced.services.stores.records.delete(connection_keys.blocked(synced.org, "books"))
    synced.pull()
    assert not synced.state("contacts").pauses(now) and not synced.state("contacts").has_failed


def test_a_revoked_connection_is_marked_and_not_asked_again(
    synced: MirroredOrganisation, sandbox: SandboxServer
) -> None:
    synced.merchant.revokes()
    synced.pull()
    connection = synced.services.connections.get(synced.org)
    assert connection is not None
    assert connection.state is ConnectionState.RECONNECT_NEEDED
    before = len(sandbox.calls())
    synced.pull(times=3)
    assert len(sandbox.calls()) == before
    assert synced.services.sync_due.at(synced.org) is None


def test_a_list_that_is_not_allowed_does_not_hold_up_the_others(
    portal: MirroredOrganisation, sandbox: SandboxServer
) -> None:
    sandbox.fault(
        "status",
        method="GET",
        path="/books/v3/invoices",
        status=401,
        code=57,
        times=10,
        message="Not authorised",
    )
    portal.pull(times=2)
    assert portal.state("invoices").last_error
    assert portal.state("payments").last_success is not None
