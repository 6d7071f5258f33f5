"""Everything a view may ask, built once per process from the settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app

from cache.copies.breaker import Breaker
from cache.copies.directory.customer_directory import CustomerDirectory
from cache.copies.documents.documents import Documents
from cache.copies.documents.pdfs import Pdfs
from cache.copies.mirror.invoice_plans import InvoicePlans
from cache.copies.mirror.mirror import Mirror
from cache.records.accounts.accounts import Accounts
from cache.records.accounts.colleague_invitations import ColleagueInvitations
from cache.records.accounts.merchants import Merchants
from cache.records.accounts.team import Team
from cache.records.activity.activity import Activity
from cache.records.connections.connections import Connections
from cache.records.connections.oauth_states import OAuthStates
from cache.records.connections.orphaned_grants import OrphanedGrants
from cache.records.connections.pending_grants import PendingGrants
from cache.records.connections.refused_scopes import RefusedScopes
from cache.records.connections.webhook_endpoints import WebhookEndpoints
from cache.records.email.email_preferences import EmailPreferences
from cache.records.email.email_settings import EmailSettingsRecords
from cache.records.email.emails import Emails
from cache.records.invitations.bulk_invitations import BulkInvitations
from cache.records.invitations.inviting import Inviting
from cache.records.orders.orders import Orders
from cache.records.orders.payment_batches import PaymentBatches
from cache.records.orders.payment_proofs import PaymentProofs
from cache.records.portal.contact_limits import ContactLimits
from cache.records.portal.logos import Logos
from cache.records.portal.portal_settings import PortalSettingsRecords
from cache.records.portal.reviews import Reviews
from cache.records.portal.setup_progress import SetupProgress
from cache.records.scheduler.due_times import DueTimes
from cache.records.scheduler.heartbeats import Heartbeats
from cache.records.sharing.shared_links import SharedLinks
from cache.records.sign_in.client_views import ClientViews
from cache.records.sign_in.link_accounts import LinkAccounts
from cache.records.sign_in.link_requests import LinkRequests
from cache.records.sign_in.second_factors import SecondFactors
from cache.records.sign_in.sessions import Sessions, lifetimes
from cache.records.sign_in.sign_in_tries import SignInTries
from cache.records.sign_in.single_use_links import LinkKind, SingleUseLinks
from cache.records.sync.checks import Checks
from cache.records.sync.presence import Presence
from cache.records.sync.sync_lags import SyncLags
from cache.records.sync.sync_state import SyncStates
from cache.sealing import Seal
from cache.stores import Stores, open_stores
from config.settings import Settings
from connectors.zoho.clients import ZohoClients
from gateway.account.security.passwords import Passwords
from gateway.reading.cold_reads import ColdReads
from workers.queues import JobQueue

EXTENSION = "foyer"


@dataclass(frozen=True, kw_only=True)
class Services:
    """The stores and outside lines of this process. Safe to share between threads."""

    settings: Settings
    stores: Stores
    seal: Seal
    connections: Connections
    refused_scopes: RefusedScopes
    merchants: Merchants
    team: Team
    colleague_invitations: ColleagueInvitations
    client_views: ClientViews
    logos: Logos
    setup_progress: SetupProgress
    accounts: Accounts
    invitations: SingleUseLinks
    inviting: Inviting
    bulk_invitations: BulkInvitations
    shared_links: SharedLinks
    reset_links: SingleUseLinks
    sign_in_links: SingleUseLinks
    link_requests: LinkRequests
    link_accounts: LinkAccounts
    second_factors: SecondFactors
    sessions: Sessions
    sign_in_tries: SignInTries
    oauth_states: OAuthStates
    pending_grants: PendingGrants
    payment_batches: PaymentBatches
    payment_proofs: PaymentProofs
    orphaned_grants: OrphanedGrants
    portal_settings: PortalSettingsRecords
    sync_states: SyncStates
    sync_due: DueTimes
    directory: CustomerDirectory
    emails: Emails
    email_settings: EmailSettingsRecords
    email_preferences: EmailPreferences
    reviews: Reviews
    contact_limits: ContactLimits
    activity: Activity
    heartbeats: Heartbeats
    presence: Presence
    sync_lags: SyncLags
    checks: Checks
    webhook_endpoints: WebhookEndpoints
    orders: Orders
    mirror: Mirror
    documents: Documents
    invoice_plans: InvoicePlans
    pdfs: Pdfs
    zoho: ZohoClients
    job_queue: JobQueue
    passwords: Passwords
    cold_reads: ColdReads
    breaker: Breaker


def build_services(settings: Settings) -> Services:
    """Opens nothing yet: Redis is connected at the first command, Zoho at the first call."""
    stores = open_stores(settings)
    seal = Seal(settings.sealing_keys)
    connections, accounts = Connections(stores.records, seal), Accounts(stores.records)
    portal_settings = PortalSettingsRecords(stores.records)
    invitations, sessions = (
        SingleUseLinks(stores.records, LinkKind.INVITATION),
        Sessions(stores.records, lifetimes(settings)),
    )
    emails, activity = Emails(stores.records, seal), Activity(stores.records)
    return Services(
        settings=settings,
        stores=stores,
        seal=seal,
        connections=connections,
        refused_scopes=RefusedScopes(stores.records),
        merchants=Merchants(stores.records),
        team=Team(stores.records),
        colleague_invitations=ColleagueInvitations(stores.records),
        client_views=ClientViews(stores.records),
        logos=Logos(stores.records),
        setup_progress=SetupProgress(stores.records),
        accounts=accounts,
        invitations=invitations,
        inviting=Inviting(accounts, invitations, sessions, emails, activity),
        bulk_invitations=BulkInvitations(stores.records),
        shared_links=SharedLinks(stores.records),
        reset_links=SingleUseLinks(stores.records, LinkKind.RESET),
        sign_in_links=SingleUseLinks(stores.records, LinkKind.SIGN_IN),
        link_requests=LinkRequests(stores.records, seal),
        link_accounts=LinkAccounts(accounts, connections, portal_settings),
        second_factors=SecondFactors(stores.records, seal),
        sessions=sessions,
        sign_in_tries=SignInTries(stores.records),
        oauth_states=OAuthStates(stores.records),
        payment_batches=PaymentBatches(stores.records),
        payment_proofs=PaymentProofs(stores.records, seal),
        pending_grants=PendingGrants(stores.records, seal),
        orphaned_grants=OrphanedGrants(stores.records, seal),
        portal_settings=portal_settings,
        sync_states=SyncStates(stores.records),
        sync_due=DueTimes(stores.records, "sync"),
        directory=CustomerDirectory(stores.copies),
        emails=emails,
        email_settings=EmailSettingsRecords(stores.records),
        email_preferences=EmailPreferences(stores.records),
        reviews=Reviews(stores.records),
        contact_limits=ContactLimits(stores.records),
        activity=activity,
        heartbeats=Heartbeats(stores.records),
        presence=Presence(stores.records),
        sync_lags=SyncLags(stores.records),
        checks=Checks(stores.records),
        webhook_endpoints=WebhookEndpoints(stores.records, seal),
        orders=Orders(stores.records),
        mirror=Mirror(stores.copies),
        documents=Documents(stores.copies),
        invoice_plans=InvoicePlans(stores.copies),
        pdfs=Pdfs(stores.copies),
        zoho=ZohoClients(settings, stores),
        job_queue=JobQueue(settings),
        passwords=Passwords(),
        cold_reads=ColdReads(),
        breaker=Breaker(stores.copies),
    )


def services() -> Services:
    """The services of the app that answers this request."""
    return cast(Services, current_app.extensions[EXTENSION])
