"""One sync of one organisation: profile, lists, persons; then its next due time. Safe to repeat."""

from __future__ import annotations

import datetime as dt
import random

import structlog

from cache.clock import store_now
from cache.copies.organisation_erasure import delete_organisation_copies
from cache.document_kind import DocumentKind
from cache.locks import only_one
from cache.records.connections.connection import Connection, ConnectionState
from connectors.zoho.api.breaker_outcome import breaker_outcome
from connectors.zoho.api.errors import ZohoAccessLost, ZohoBusy, ZohoError, ZohoScopeMissing, ZohoUnavailable
from connectors.zoho.books.client import BooksClient
from connectors.zoho.organisation_clients import OrganisationClients
from workers.copies.contact_persons import read_changed_contacts
from workers.copies.document_kinds import ROW_KINDS
from workers.deadline import Deadline
from workers.email.connection_lost import email_connection_lost
from workers.pull.invoice_plans import read_invoice_plans
from workers.pull.lists import lists_of
from workers.pull.next_sync import next_sync_in
from workers.pull.pace import LONGEST_PAUSE
from workers.pull.read_list import ListRead
from workers.services import Services

log = structlog.get_logger()

RUN_SECONDS = 25.0
"""Seconds in which new calls are started: the last may take 28 s more, and a job must end within 55."""

HELD_FOR = 60.0
"""Seconds in which no second sync of the organisation starts; longer than a job may run."""

PROFILE_MAX_AGE = dt.timedelta(hours=24)

BREAKER_PAUSE = 30.0
"""Seconds; an organisation's breaker allows only probes while Zoho is down."""

ZOHO_AWAY_PAUSE = 60.0


def pull_organisation(org: str, services: Services) -> None:
    """Read what changed and set the next due time. Does nothing while another sync of it is running."""
    connection = services.connections.get(org)
    if connection is None or connection.state is not ConnectionState.CONNECTED:
        services.sync_due.remove(org)
        if connection is not None and connection.state is ConnectionState.DISCONNECTED:
            # Erase what a sync that was running at the disconnect stored afterwards.
            delete_organisation_copies(services.stores.copies, org)
        elif connection is not None:
            email_connection_lost(services, connection)
        return
    with only_one(services.stores.records, f"pull:{org}", held_for=HELD_FOR) as mine:
        if mine:
            next_in = _run(services, connection, Deadline(RUN_SECONDS))
            if next_in is not None:
                services.sync_due.set_in(org, next_in)
            else:
                services.sync_due.remove(org)
                email_connection_lost(services, connection)


def _run(services: Services, connection: Connection, deadline: Deadline) -> float | None:
    """Seconds until the next sync; None if only the merchant can make it possible."""
    org, reading, goes_on_in = connection.org, DocumentKind.CONTACTS, None
    if not services.breaker.may_call(org):
        return _spread(min(BREAKER_PAUSE, services.settings.sync_interval))
    try:
        zoho, may_skip = OrganisationClients(services.zoho, org), not services.sync_states.take_expedite(org)
        _refresh_profile(services, connection, zoho.books)
        for mirrored in lists_of(connection):
            reading = mirrored.name
            try:
                if not ListRead(services, org, zoho, mirrored, may_skip=may_skip).run(deadline):
                    goes_on_in = 0.0
                    break
            except ZohoError as error:
                if not ROW_KINDS[mirrored.name].is_independent and not isinstance(error, ZohoScopeMissing):
                    raise
                _note_error(services, org, reading, error)
        else:
            reading = DocumentKind.CONTACTS
            if not read_changed_contacts(services, org, zoho.books, deadline) or not _read_plans(
                services, connection, zoho, deadline
            ):
                goes_on_in = 1.0
    except ZohoError as error:
        services.breaker.note(org, breaker_outcome(error))
        _note_error(services, org, reading, error)
        return _pause_after(error, services.settings.sync_interval)
    services.breaker.note_success(org)
    return _spread(next_sync_in(services, connection)) if goes_on_in is None else goes_on_in


def _read_plans(
    services: Services, connection: Connection, zoho: OrganisationClients, deadline: Deadline
) -> bool:
    """A failure to learn about plans delays nothing: it is tried again in the next sync."""
    try:
        return read_invoice_plans(services, connection, zoho, deadline)
    except ZohoAccessLost:
        raise
    except ZohoError as error:
        log.info("invoice_plans_not_read", org=connection.org, error=type(error).__name__, code=error.code)
        return True


def _refresh_profile(services: Services, connection: Connection, books: BooksClient) -> None:
    """Read the merchant's own details, at the first sync and once a day."""
    is_fresh = store_now(services.stores.records) - connection.profile_as_of < PROFILE_MAX_AGE
    if (
        is_fresh
        and connection.profile
        and services.sync_states.get(connection.org, DocumentKind.CONTACTS).last_success
    ):
        return
    try:
        fetched = books.organizations.get(connection.organization_id)
    except ZohoScopeMissing:
        return
    services.connections.save_profile(connection.org, fetched.value.to_stored(), fetched.as_of)


def _note_error(services: Services, org: str, list_name: str, error: ZohoError) -> None:
    now = store_now(services.stores.records)
    again_at = now + dt.timedelta(seconds=error.retry_after) if isinstance(error, ZohoBusy) else None
    services.sync_states.update(
        org, list_name, last_error=error.reason, last_error_at=now, pauses_until=again_at
    )
    log.warning("pull_stopped", org=org, list=list_name, error=type(error).__name__, code=error.code)


def _pause_after(error: ZohoError, interval: float) -> float | None:
    if isinstance(error, ZohoAccessLost):
        return None
    if isinstance(error, ZohoBusy):
        return min(LONGEST_PAUSE, max(1.0, error.retry_after)) + random.uniform(0, 2)  # noqa: S311 - spreads load
    if isinstance(error, ZohoUnavailable):
        return _spread(min(ZOHO_AWAY_PAUSE, interval))
    return _spread(interval)


def _spread(seconds: float) -> float:
    """Up to a tenth more or less, so that organisations that started together drift apart."""
    return seconds * random.uniform(0.9, 1.1)  # noqa: S311 - spreads load, hides nothing
