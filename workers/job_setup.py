"""What every job works with, built once per process, and the frame around each job: ids in the log, how long
it took.
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
from cache.copies.documents import Documents
from cache.copies.invoice_plans import InvoicePlans
from cache.copies.mirror import Mirror
from cache.records.accounts import Accounts
from cache.records.activity import Activity
from cache.records.bulk_invitations import BulkInvitations
from cache.records.connections import Connections
from cache.records.digests import Digests
from cache.records.due_times import DueTimes
from cache.records.heartbeats import Heartbeats
from cache.records.inviting import Inviting
from cache.records.left_grants import LeftGrants
from cache.records.letter_choices import LetterChoices
from cache.records.letter_settings import LetterSettingsRecords
from cache.records.letters import Letters
from cache.records.link_accounts import LinkAccounts
from cache.records.link_wishes import LinkWishes
from cache.records.merchants import Merchants
from cache.records.orders import Orders
from cache.records.portal_settings import PortalSettingsRecords
from cache.records.presence import Presence
from cache.records.sessions import Sessions, lifetimes
from cache.records.single_use_links import LinkKind, SingleUseLinks
from cache.records.sync_lags import SyncLags
from cache.records.sync_state import SyncStates
from cache.records.ticks import Ticks
from cache.redis_connections import RedisConnections, open_redis, store_errors
from cache.sealing import Seal
from config.settings import Settings, load_settings
from connectors.zoho.clients import ZohoClients
from workers.queues import Doorbell

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Resources:
    """The stores and outside lines of one worker process. Opens nothing until it is used, so it may be
    forked.
    """

    settings: Settings
    redis: RedisConnections
    connections: Connections
    accounts: Accounts
    merchants: Merchants
    orders: Orders
    portal_settings: PortalSettingsRecords
    letters: Letters
    letter_settings: LetterSettingsRecords
    letter_choices: LetterChoices
    digests: Digests
    bulk_invitations: BulkInvitations
    inviting: Inviting
    activity: Activity
    sync_states: SyncStates
    orders_due: DueTimes
    sync_due: DueTimes
    mail_due: DueTimes
    left_grants: LeftGrants
    link_wishes: LinkWishes
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
    doorbell: Doorbell


def build_resources(settings: Settings) -> Resources:
    redis, seal = open_redis(settings), Seal(settings.sealing_keys)
    records, copies = redis.records, redis.copies
    connections, accounts, portal_settings = (
        Connections(records, seal),
        Accounts(records),
        PortalSettingsRecords(records),
    )
    links = {kind: SingleUseLinks(records, kind) for kind in LinkKind}
    letters, activity, sessions = (
        Letters(records, seal),
        Activity(records),
        Sessions(records, lifetimes(settings)),
    )
    return Resources(
        settings=settings,
        redis=redis,
        connections=connections,
        accounts=accounts,
        portal_settings=portal_settings,
        merchants=Merchants(records),
        orders=Orders(records),
        link_wishes=LinkWishes(records, seal),
        link_accounts=LinkAccounts(accounts, connections, portal_settings),
        links=links,
        letters=letters,
        bulk_invitations=BulkInvitations(records),
        inviting=Inviting(accounts, links[LinkKind.INVITATION], sessions, letters, activity),
        letter_settings=LetterSettingsRecords(records),
        letter_choices=LetterChoices(records),
        digests=Digests(records),
        activity=activity,
        sync_states=SyncStates(records),
        orders_due=DueTimes(records, "orders"),
        sync_due=DueTimes(records, "sync"),
        mail_due=DueTimes(records, "mail"),
        left_grants=LeftGrants(records, seal),
        ticks=Ticks(records),
        presence=Presence(records),
        sync_lags=SyncLags(records),
        heartbeats=Heartbeats(records),
        mirror=Mirror(copies),
        documents=Documents(copies),
        invoice_plans=InvoicePlans(copies),
        breaker=Breaker(copies),
        zoho=ZohoClients(settings, redis),
        doorbell=Doorbell(settings),
    )


@cache
def resources() -> Resources:
    """This process's own, from its environment. Raises SettingsError."""
    return build_resources(load_settings(os.environ))


@contextmanager
def job(name: str, **ids: str) -> Iterator[Resources]:
    """The frame of a job. Raises StoreUnavailable when Redis is away; any error leaves the job to RQ as
    failed.
    """
    started = time.monotonic()
    outcome = "failed"
    with structlog.contextvars.bound_contextvars(job=name, **ids):
        try:
            with store_errors():
                yield resources()
            outcome = "done"
        finally:
            log.info("job_ended", outcome=outcome, milliseconds=round((time.monotonic() - started) * 1000))
