"""Every store of records and copies, built once per process; both Redis servers and the seal are shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
from cache.records.connections.access_tokens import AccessTokens
from cache.records.connections.connections import Connections
from cache.records.connections.oauth_states import OAuthStates
from cache.records.connections.orphaned_grants import OrphanedGrants
from cache.records.connections.pending_grants import PendingGrants
from cache.records.connections.refused_scopes import RefusedScopes
from cache.records.connections.webhook_endpoints import WebhookEndpoints
from cache.records.email.digests import Digests
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
from cache.records.scheduler.ticks import Ticks
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
from cache.stores import Stores
from config.settings import Settings


@dataclass(frozen=True, kw_only=True)
class StoreServices:
    """What needs nothing but the settings and Redis. Opens nothing until it is used, so a process may fork
    after building it; safe to share between threads.
    """

    settings: Settings
    stores: Stores
    seal: Seal
    access_tokens: AccessTokens
    accounts: Accounts
    activity: Activity
    breaker: Breaker
    bulk_invitations: BulkInvitations
    checks: Checks
    client_views: ClientViews
    colleague_invitations: ColleagueInvitations
    connections: Connections
    contact_limits: ContactLimits
    digests: Digests
    directory: CustomerDirectory
    documents: Documents
    email_preferences: EmailPreferences
    email_settings: EmailSettingsRecords
    emails: Emails
    heartbeats: Heartbeats
    invoice_plans: InvoicePlans
    inviting: Inviting
    link_accounts: LinkAccounts
    link_requests: LinkRequests
    links: Mapping[LinkKind, SingleUseLinks]
    logos: Logos
    mail_due: DueTimes
    merchants: Merchants
    mirror: Mirror
    oauth_states: OAuthStates
    orders: Orders
    orders_due: DueTimes
    orphaned_grants: OrphanedGrants
    payment_batches: PaymentBatches
    payment_proofs: PaymentProofs
    pdfs: Pdfs
    pending_grants: PendingGrants
    portal_settings: PortalSettingsRecords
    presence: Presence
    refused_scopes: RefusedScopes
    reviews: Reviews
    second_factors: SecondFactors
    sessions: Sessions
    setup_progress: SetupProgress
    shared_links: SharedLinks
    sign_in_tries: SignInTries
    sync_due: DueTimes
    sync_lags: SyncLags
    sync_states: SyncStates
    team: Team
    ticks: Ticks
    webhook_endpoints: WebhookEndpoints

    @property
    def invitations(self) -> SingleUseLinks:
        """Links by which an invitee chooses a password."""
        return self.links[LinkKind.INVITATION]

    @property
    def reset_links(self) -> SingleUseLinks:
        """Links by which a client chooses a new password."""
        return self.links[LinkKind.RESET]

    @property
    def sign_in_links(self) -> SingleUseLinks:
        """Links that sign a client in without a password."""
        return self.links[LinkKind.SIGN_IN]


def build_store_services(settings: Settings, stores: Stores) -> StoreServices:
    """All stores over these two Redis servers."""
    seal, records, copies = Seal(settings.sealing_keys), stores.records, stores.copies
    connections, accounts = Connections(records, seal), Accounts(records)
    emails, activity = Emails(records, seal), Activity(records)
    portal_settings, sessions = PortalSettingsRecords(records), Sessions(records, lifetimes(settings))
    links = {kind: SingleUseLinks(records, kind) for kind in LinkKind}
    return StoreServices(
        settings=settings,
        stores=stores,
        seal=seal,
        access_tokens=AccessTokens(records, seal),
        accounts=accounts,
        activity=activity,
        breaker=Breaker(copies),
        bulk_invitations=BulkInvitations(records),
        checks=Checks(records),
        client_views=ClientViews(records),
        colleague_invitations=ColleagueInvitations(records),
        connections=connections,
        contact_limits=ContactLimits(records),
        digests=Digests(records),
        directory=CustomerDirectory(copies),
        documents=Documents(copies),
        email_preferences=EmailPreferences(records),
        email_settings=EmailSettingsRecords(records),
        emails=emails,
        heartbeats=Heartbeats(records),
        invoice_plans=InvoicePlans(copies),
        inviting=Inviting(accounts, links[LinkKind.INVITATION], sessions, emails, activity),
        link_accounts=LinkAccounts(accounts, connections, portal_settings),
        link_requests=LinkRequests(records, seal),
        links=links,
        logos=Logos(records),
        mail_due=DueTimes(records, "mail"),
        merchants=Merchants(records),
        mirror=Mirror(copies),
        oauth_states=OAuthStates(records),
        orders=Orders(records),
        orders_due=DueTimes(records, "orders"),
        orphaned_grants=OrphanedGrants(records, seal),
        payment_batches=PaymentBatches(records),
        payment_proofs=PaymentProofs(records, seal),
        pdfs=Pdfs(copies),
        pending_grants=PendingGrants(records, seal),
        portal_settings=portal_settings,
        presence=Presence(records),
        refused_scopes=RefusedScopes(records),
        reviews=Reviews(records),
        second_factors=SecondFactors(records, seal),
        sessions=sessions,
        setup_progress=SetupProgress(records),
        shared_links=SharedLinks(records),
        sign_in_tries=SignInTries(records),
        sync_due=DueTimes(records, "sync"),
        sync_lags=SyncLags(records),
        sync_states=SyncStates(records),
        team=Team(records),
        ticks=Ticks(records),
        webhook_endpoints=WebhookEndpoints(records, seal),
    )
