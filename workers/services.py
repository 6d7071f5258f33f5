"""Every store and client of a process, built once, and the frame around each job: ids and duration in the
log.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import structlog

from cache.copies.breaker import Breaker
from cache.copies.documents.documents import Documents
from cache.copies.mirror.invoice_plans import InvoicePlans
from cache.copies.mirror.mirror import Mirror
from cache.records.accounts.accounts import Accounts
from cache.records.accounts.merchants import Merchants
from cache.records.activity.activity import Activity
from cache.records.connections.connections import Connections
from cache.records.connections.orphaned_grants import OrphanedGrants
from cache.records.email.digests import Digests
from cache.records.email.email_preferences import EmailPreferences
from cache.records.email.email_settings import EmailSettingsRecords
from cache.records.email.emails import Emails
from cache.records.invitations.bulk_invitations import BulkInvitations
from cache.records.invitations.inviting import Inviting
from cache.records.orders.orders import Orders
from cache.records.portal.portal_settings import PortalSettingsRecords
from cache.records.scheduler.due_times import DueTimes
from cache.records.scheduler.heartbeats import Heartbeats
from cache.records.scheduler.ticks import Ticks
from cache.records.sign_in.link_accounts import LinkAccounts
from cache.records.sign_in.link_requests import LinkRequests
from cache.records.sign_in.sessions import Sessions, lifetimes
from cache.records.sign_in.single_use_links import LinkKind, SingleUseLinks
from cache.records.sync.presence import Presence
from cache.records.sync.sync_lags import SyncLags
from cache.records.sync.sync_state import SyncStates
from cache.sealing import Seal
from cache.stores import Stores, open_stores, store_errors
from config.settings import Settings, load_settings
from connectors.zoho.clients import ZohoClients
from workers.queues import JobQueue

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Services:
    """The stores and clients of one worker process. Opens no connection until used, so it may be forked."""

    settings: Settings
    stores: Stores
    connections: Connections
    accounts: Accounts
    merchants: Merchants
    orders: Orders
    portal_settings: PortalSettingsRecords
    emails: Emails
    email_settings: EmailSettingsRecords
    email_preferences: EmailPreferences
    digests: Digests
    bulk_invitations: BulkInvitations
    inviting: Inviting
    activity: Activity
    sync_states: SyncStates
    orders_due: DueTimes
    sync_due: DueTimes
    mail_due: DueTimes
    orphaned_grants: OrphanedGrants
    link_requests: LinkRequests
    link_accounts: LinkAccounts
    links: Mapping[LinkKind, SingleUseLinks]
    ticks: Ticks
    presence: Presence
    sync_lags: SyncLags
    heartbeats: Heartbeats
    mirror: Mirror
    documents: Documents
    invoice_plans: InvoicePlans
    breaker: Breaker
    zoho: ZohoClients
    job_queue: JobQueue


def build_services(settings: Settings) -> Services:
    stores, seal = open_stores(settings), Seal(settings.sealing_keys)
    records, copies = stores.records, stores.copies
    connections, accounts, portal_settings = (
        Connections(records, seal),
        Accounts(records),
        PortalSettingsRecords(records),
    )
    links = {kind: SingleUseLinks(records, kind) for kind in LinkKind}
    emails, activity, sessions = (
        Emails(records, seal),
        Activity(records),
        Sessions(records, lifetimes(settings)),
    )
    return Services(
        settings=settings,
        stores=stores,
        connections=connections,
        accounts=accounts,
        portal_settings=portal_settings,
        merchants=Merchants(records),
        orders=Orders(records),
        link_requests=LinkRequests(records, seal),
        link_accounts=LinkAccounts(accounts, connections, portal_settings),
        links=links,
        emails=emails,
        bulk_invitations=BulkInvitations(records),
        inviting=Inviting(accounts, links[LinkKind.INVITATION], sessions, emails, activity),
        email_settings=EmailSettingsRecords(records),
        email_preferences=EmailPreferences(records),
        digests=Digests(records),
        activity=activity,
        sync_states=SyncStates(records),
        orders_due=DueTimes(records, "orders"),
        sync_due=DueTimes(records, "sync"),
        mail_due=DueTimes(records, "mail"),
        orphaned_grants=OrphanedGrants(records, seal),
        ticks=Ticks(records),
        presence=Presence(records),
        sync_lags=SyncLags(records),
        heartbeats=Heartbeats(records),
        mirror=Mirror(copies),
        documents=Documents(copies),
        invoice_plans=InvoicePlans(copies),
        breaker=Breaker(copies),
        zoho=ZohoClients(settings, stores),
        job_queue=JobQueue(settings),
    )


@cache
def services() -> Services:
    """This process's services, from its environment. Raises SettingsError."""
    return build_services(load_settings(os.environ))


@contextmanager
def job(name: str, **ids: str) -> Iterator[Services]:
    """The frame of a job. Raises StoreUnavailable when Redis is down; any error marks the job as failed in
    RQ.
    """
    started = time.monotonic()
    outcome = "failed"
    with structlog.contextvars.bound_contextvars(job=name, **ids):
        try:
            with store_errors():
                yield services()
            outcome = "done"
        finally:
            log.info("job_ended", outcome=outcome, milliseconds=round((time.monotonic() - started) * 1000))
