"""Everything a view may ask, built once per process from the settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app

from cache.copies.breaker import Breaker
from cache.copies.customer_directory import CustomerDirectory
from cache.copies.documents import Documents
from cache.copies.invoice_plans import InvoicePlans
from cache.copies.mirror import Mirror
from cache.copies.pdfs import Pdfs
from cache.records.accounts import Accounts
from cache.records.activity import Activity
from cache.records.bulk_invitations import BulkInvitations
from cache.records.checks import Checks
from cache.records.client_views import ClientViews
from cache.records.colleague_invitations import ColleagueInvitations
from cache.records.connections import Connections
from cache.records.due_times import DueTimes
from cache.records.heartbeats import Heartbeats
from cache.records.inviting import Inviting
from cache.records.left_grants import LeftGrants
from cache.records.letter_choices import LetterChoices
from cache.records.letter_settings import LetterSettingsRecords
from cache.records.letters import Letters
from cache.records.link_accounts import LinkAccounts
from cache.records.link_wishes import LinkWishes
from cache.records.logos import Logos
from cache.records.merchants import Merchants
from cache.records.oauth_states import OAuthStates
from cache.records.orders import Orders
from cache.records.pay_rounds import PayRounds
from cache.records.payment_proofs import PaymentProofs
from cache.records.pending_grants import PendingGrants
from cache.records.portal_settings import PortalSettingsRecords
from cache.records.presence import Presence
from cache.records.refused_scopes import RefusedScopes
from cache.records.reviews import Reviews
from cache.records.second_factors import SecondFactors
from cache.records.sessions import Sessions, lifetimes
from cache.records.setting_up import SettingUp
from cache.records.shared_links import SharedLinks
from cache.records.sign_in_tries import SignInTries
from cache.records.single_use_links import LinkKind, SingleUseLinks
from cache.records.sync_lags import SyncLags
from cache.records.sync_state import SyncStates
from cache.records.team import Team
from cache.records.webhook_doors import WebhookDoors
from cache.records.words_to_merchant import WordsToMerchant
from cache.redis_connections import RedisConnections, open_redis
from cache.sealing import Seal
from config.settings import Settings
from connectors.zoho.clients import ZohoClients
from gateway.reading.cold_reads import ColdReads
from gateway.signing_in.passwords import Passwords
from workers.queues import Doorbell

EXTENSION = "foyer"


@dataclass(frozen=True, kw_only=True)
class Wiring:
    """The stores and outside lines of this process. Safe to share between threads."""

    settings: Settings
    redis: RedisConnections
    seal: Seal
    connections: Connections
    refused_scopes: RefusedScopes
    merchants: Merchants
    team: Team
    colleague_invitations: ColleagueInvitations
    client_views: ClientViews
    logos: Logos
    setting_up: SettingUp
    accounts: Accounts
    invitations: SingleUseLinks
    inviting: Inviting
    bulk_invitations: BulkInvitations
    shared_links: SharedLinks
    reset_links: SingleUseLinks
    sign_in_links: SingleUseLinks
    link_wishes: LinkWishes
    link_accounts: LinkAccounts
    second_factors: SecondFactors
    sessions: Sessions
    sign_in_tries: SignInTries
    oauth_states: OAuthStates
    pending_grants: PendingGrants
    pay_rounds: PayRounds
    payment_proofs: PaymentProofs
    left_grants: LeftGrants
    portal_settings: PortalSettingsRecords
    sync_states: SyncStates
    sync_due: DueTimes
    directory: CustomerDirectory
    letters: Letters
    letter_settings: LetterSettingsRecords
    letter_choices: LetterChoices
    reviews: Reviews
    words_to_merchant: WordsToMerchant
    activity: Activity
    heartbeats: Heartbeats
    presence: Presence
    sync_lags: SyncLags
    checks: Checks
    webhook_doors: WebhookDoors
    orders: Orders
    mirror: Mirror
    documents: Documents
    invoice_plans: InvoicePlans
    pdfs: Pdfs
    zoho: ZohoClients
    doorbell: Doorbell
    passwords: Passwords
    cold_reads: ColdReads
    breaker: Breaker


def wire(settings: Settings) -> Wiring:
    """Opens nothing yet: Redis is connected at the first command, Zoho at the first call."""
    redis = open_redis(settings)
    seal = Seal(settings.sealing_keys)
    connections, accounts = Connections(redis.records, seal), Accounts(redis.records)
    portal_settings = PortalSettingsRecords(redis.records)
    invitations, sessions = (
        SingleUseLinks(redis.records, LinkKind.INVITATION),
        Sessions(redis.records, lifetimes(settings)),
    )
    letters, activity = Letters(redis.records, seal), Activity(redis.records)
    return Wiring(
        settings=settings,
        redis=redis,
        seal=seal,
        connections=connections,
        refused_scopes=RefusedScopes(redis.records),
        merchants=Merchants(redis.records),
        team=Team(redis.records),
        colleague_invitations=ColleagueInvitations(redis.records),
        client_views=ClientViews(redis.records),
        logos=Logos(redis.records),
        setting_up=SettingUp(redis.records),
        accounts=accounts,
        invitations=invitations,
        inviting=Inviting(accounts, invitations, sessions, letters, activity),
        bulk_invitations=BulkInvitations(redis.records),
        shared_links=SharedLinks(redis.records),
        reset_links=SingleUseLinks(redis.records, LinkKind.RESET),
        sign_in_links=SingleUseLinks(redis.records, LinkKind.SIGN_IN),
        link_wishes=LinkWishes(redis.records, seal),
        link_accounts=LinkAccounts(accounts, connections, portal_settings),
        second_factors=SecondFactors(redis.records, seal),
        sessions=sessions,
        sign_in_tries=SignInTries(redis.records),
        oauth_states=OAuthStates(redis.records),
        pay_rounds=PayRounds(redis.records),
        payment_proofs=PaymentProofs(redis.records, seal),
        pending_grants=PendingGrants(redis.records, seal),
        left_grants=LeftGrants(redis.records, seal),
        portal_settings=portal_settings,
        sync_states=SyncStates(redis.records),
        sync_due=DueTimes(redis.records, "sync"),
        directory=CustomerDirectory(redis.copies),
        letters=letters,
        letter_settings=LetterSettingsRecords(redis.records),
        letter_choices=LetterChoices(redis.records),
        reviews=Reviews(redis.records),
        words_to_merchant=WordsToMerchant(redis.records),
        activity=activity,
        heartbeats=Heartbeats(redis.records),
        presence=Presence(redis.records),
        sync_lags=SyncLags(redis.records),
        checks=Checks(redis.records),
        webhook_doors=WebhookDoors(redis.records, seal),
        orders=Orders(redis.records),
        mirror=Mirror(redis.copies),
        documents=Documents(redis.copies),
        invoice_plans=InvoicePlans(redis.copies),
        pdfs=Pdfs(redis.copies),
        zoho=ZohoClients(settings, redis),
        doorbell=Doorbell(settings),
        passwords=Passwords(),
        cold_reads=ColdReads(),
        breaker=Breaker(redis.copies),
    )


def wired() -> Wiring:
    """The wiring of the app that answers this request."""
    return cast(Wiring, current_app.extensions[EXTENSION])
