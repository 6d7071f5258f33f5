"""One run of the sync for one organisation: profile, lists, people; then its next due time. May be run any
number of times.
"""

from __future__ import annotations

import datetime as dt
import random

import structlog

from cache.clock import store_now
from cache.copies.forgetting import forget_organisation
from cache.locks import only_one
from cache.records.connection import Connection, ConnectionState
from connectors.zoho.books.client import BooksClient
from connectors.zoho.errors import ZohoAccessLost, ZohoBusy, ZohoError, ZohoScopeMissing, ZohoUnavailable
from connectors.zoho.line_health import outcome_of
from connectors.zoho.zoho_lines import ZohoLines
from workers.connection_lost import tell_connection_lost
from workers.job_setup import Resources
from workers.pull.contact_persons import read_changed_contacts
from workers.pull.invoice_plans import read_invoice_plans
from workers.pull.lists import lists_of
from workers.pull.next_round import LONGEST_PAUSE, next_round_in
from workers.pull.read_list import ListRead
from workers.pull.time_box import TimeBox

log = structlog.get_logger()

TIME_BOX = 25.0
"""Seconds in which new calls are started: the last of them may take 28 s more, and a job must end within
55.
"""

HELD_FOR = 60.0
"""Seconds in which no second run of the organisation begins; longer than a job may run."""

PROFILE_LIVES = dt.timedelta(hours=24)

BREAKER_PAUSE = 30.0
"""Seconds; the breaker of an organisation lets nobody but a probe through while Zoho is down."""

ZOHO_AWAY_PAUSE = 60.0


def pull_organisation(org: str, desk: Resources) -> None:
    """Read what changed and set the next due time. Does nothing while another run is under way."""
    connection = desk.connections.get(org)
    if connection is None or connection.state is not ConnectionState.CONNECTED:
        desk.sync_due.remove(org)
        if connection is not None and connection.state is ConnectionState.DISCONNECTED:
            # What a run that was under way at the disconnect has put back.
            forget_organisation(desk.redis.copies, org)
        elif connection is not None:
            tell_connection_lost(desk, connection)
        return
    with only_one(desk.redis.records, f"pull:{org}", held_for=HELD_FOR) as mine:
        if mine:
            next_in = _run(desk, connection, TimeBox(TIME_BOX))
            if next_in is not None:
                desk.sync_due.set_in(org, next_in)
            else:
                desk.sync_due.remove(org)
                tell_connection_lost(desk, connection)


def _run(desk: Resources, connection: Connection, time_box: TimeBox) -> float | None:
    """Seconds until the next run; None when only the merchant can make it possible."""
    org, reading, goes_on_in = connection.org, "contacts", None
    if not desk.breaker.may_call(org):
        return _spread(min(BREAKER_PAUSE, desk.settings.sync_interval))
    try:
        zoho, rests = ZohoLines(desk.zoho, org), not desk.sync_states.take_hurry(org)
        _refresh_profile(desk, connection, zoho.books)
        for mirrored in lists_of(connection):
            reading = mirrored.name
            try:
                if not ListRead(desk, org, zoho, mirrored, rests=rests).run(time_box):
                    goes_on_in = 0.0
                    break
            except ZohoError as error:
                if not mirrored.stands_alone and not isinstance(error, ZohoScopeMissing):
                    raise
                _note_error(desk, org, reading, error)
        else:
            reading = "contacts"
            if not read_changed_contacts(desk, org, zoho.books, time_box) or not _read_plans(
                desk, connection, zoho, time_box
            ):
                goes_on_in = 1.0
    except ZohoError as error:
        desk.breaker.note(org, outcome_of(error))
        _note_error(desk, org, reading, error)
        return _pause_after(error, desk.settings.sync_interval)
    desk.breaker.note_success(org)
    return _spread(next_round_in(desk, connection)) if goes_on_in is None else goes_on_in


def _read_plans(desk: Resources, connection: Connection, zoho: ZohoLines, time_box: TimeBox) -> bool:
    """What cannot be learned about plans now holds nothing up: it is tried again in the next round."""
    try:
        return read_invoice_plans(desk, connection, zoho, time_box)
    except ZohoAccessLost:
        raise
    except ZohoError as error:
        log.info("invoice_plans_not_read", org=connection.org, trouble=type(error).__name__, code=error.code)
        return True


def _refresh_profile(desk: Resources, connection: Connection, books: BooksClient) -> None:
    """The merchant's own details, at the first sync and once a day."""
    is_fresh = store_now(desk.redis.records) - connection.profile_said_at < PROFILE_LIVES
    if is_fresh and connection.profile and desk.sync_states.get(connection.org, "contacts").last_success:
        return
    try:
        said = books.organizations.get(connection.organization_id)
    except ZohoScopeMissing:
        return
    desk.connections.save_profile(connection.org, said.value.stored(), said.said_at)


def _note_error(desk: Resources, org: str, list_name: str, error: ZohoError) -> None:
    now = store_now(desk.redis.records)
    again_at = now + dt.timedelta(seconds=error.retry_after) if isinstance(error, ZohoBusy) else None
    desk.sync_states.update(org, list_name, last_error=error.reason, last_error_at=now, pauses_until=again_at)
    log.warning("pull_stopped", org=org, list=list_name, trouble=type(error).__name__, code=error.code)


def _pause_after(error: ZohoError, interval: float) -> float | None:
    if isinstance(error, ZohoAccessLost):
        return None
    if isinstance(error, ZohoBusy):
        return min(LONGEST_PAUSE, max(1.0, error.retry_after)) + random.uniform(0, 2)  # noqa: S311 - spreads load
    if isinstance(error, ZohoUnavailable):
        return _spread(min(ZOHO_AWAY_PAUSE, interval))
    return _spread(interval)


def _spread(seconds: float) -> float:
    """A tenth more or less, so that organisations that began together drift apart."""
    return seconds * random.uniform(0.9, 1.1)  # noqa: S311 - spreads load, hides nothing
