"""A chosen organisation becomes a connection: tokens sealed, owner noted, first sync due at once."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable

from cache.copies.organisation_erasure import delete_organisation_copies
from cache.records.accounts.merchants import Merchant, merchant_id
from cache.records.accounts.team import MerchantRole
from cache.records.connections.connection import BillingUse, Connection, ConnectionState, org_key
from cache.sealing import SealBroken
from config.stored_messages import StoredMessage
from connectors.zoho.api.scopes import covers
from connectors.zoho.documents.organization import Organization
from connectors.zoho.documents.zoho_user import ZohoUser
from connectors.zoho.oauth.authorization_code import Grant
from gateway.merchant.connecting.billing_connecting import find_billing
from gateway.web.services import services

SYNC_DRAIN_SECONDS = 90.0
"""Seconds after which a run of the sync that was under way at the disconnect has ended; what it left is then
forgotten too.
"""


def merchant_from_grant(grant: Grant, user: ZohoUser, organisations: Iterable[Organization]) -> Merchant:
    """The person behind the grant, known by their address in this data centre: Zoho's user ids differ between
    organisations.

    Who is no longer listed for an organisation in Zoho no longer looks after it here.
    """
    this = merchant_id(grant.dc, user.email or user.id)
    known = services().merchants.get(this)
    listed = {org_key(grant.dc, organisation.id) for organisation in organisations}
    orgs = tuple(org for org in known.orgs if org in listed) if known is not None else ()
    return Merchant(
        id=this, zoho_user_id=user.id, dc=grant.dc, name=user.name or user.email, email=user.email, orgs=orgs
    )


def renew_connections(grant: Grant, merchant: Merchant) -> bool:
    """A sign-in brings a new grant: what the merchant has connected goes on with it, and the grants that are
    left end.

    What somebody else has connected keeps their grant: a colleague may be allowed less in Zoho. Whether this
    grant is
    needed: not if every organisation keeps another.
    """
    kept = []
    for org in merchant.orgs:
        connection = services().connections.get(org)
        if connection is not None and connection.state is ConnectionState.CONNECTED:
            kept.append(connection.connected_by != merchant.id or has_wider_scopes(connection, grant))
            if not kept[-1]:
                _store_grant(dataclasses.replace(connection, scopes=grant.scopes), grant)
    return not (kept and all(kept))


def has_wider_scopes(connection: Connection | None, grant: Grant) -> bool:
    """Whether a connection would lose something with this grant: who signs in asks for less than who connects
    Zoho Billing.
    """
    if connection is None or connection.state is not ConnectionState.CONNECTED:
        return False
    return not all(covers(grant.scopes, scope) for scope in connection.scopes)


def connect(
    grant: Grant, organisation: Organization, merchant: Merchant, *, uses_billing: bool = False
) -> str:
    """Give the merchant the organisation, save the connection (or renew it), make the first sync due. Returns
    our key of it.

    The owner is noted first: a connection without one could be opened by nobody. Who used Zoho Billing until
    now still does.
    """
    org, now, app_services = org_key(grant.dc, organisation.id), dt.datetime.now(dt.UTC), services()
    app_services.team.give(org, merchant.id, MerchantRole.OWNER)
    app_services.merchants.save(
        dataclasses.replace(merchant, orgs=tuple(dict.fromkeys([*merchant.orgs, org])))
    )
    before = app_services.connections.get(org)
    made = Connection(
        org=org,
        dc=grant.dc,
        organization_id=organisation.id,
        name=organisation.name,
        api_domain=grant.api_domain,
        accounts_server=grant.accounts_server,
        scopes=grant.scopes,
        state=ConnectionState.CONNECTED,
        connected_at=now,
        connected_by=merchant.id,
        time_zone=organisation.time_zone,
        currency=organisation.currency,
        profile=organisation.to_stored(),
        profile_as_of=now,
    )
    if before is not None:
        kept = {name: getattr(before, name) for name in ("connected_at", "profile", "profile_as_of")}
        made = dataclasses.replace(made, **kept)
        uses_billing = uses_billing or (
            before.billing is not BillingUse.UNUSED and before.state is not ConnectionState.DISCONNECTED
        )
        if uses_billing:
            made = dataclasses.replace(
                made, billing=before.billing, billing_organization_id=before.billing_organization_id
            )
    _store_grant(made, grant)
    if uses_billing:
        find_billing(org)
    app_services.activity.append(
        org, merchant.id, "reconnected" if before else "connected", {"merchant": merchant.name}
    )
    sync_now(org)
    return org


def _store_grant(connection: Connection, grant: Grant) -> None:
    app_services = services()
    try:
        old = app_services.connections.refresh_token(connection.org)
    except SealBroken:
        old = ""
    app_services.connections.save(connection, refresh_token=grant.refresh_token)
    app_services.zoho.vault.accept(connection.org, grant)
    app_services.refused_scopes.forget(connection.org)
    for order_id in app_services.orders.resume_waiting(
        connection.org, message=StoredMessage("The merchant has connected again.")
    ):
        app_services.job_queue.enqueue_order(connection.org, order_id)
    if old != grant.refresh_token:
        app_services.zoho.revoke_if_unused(connection.dc, old)


def sync_now(org: str) -> None:
    """Everything due at once, and a ring for a worker; the clock rings again if nobody hears it."""
    services().sync_states.expedite(org)
    services().sync_due.set_in(org, 0)
    services().job_queue.enqueue_sync(org)


def disconnect(org: str, merchant: Merchant) -> bool:
    """End the grant in Zoho, forget tokens and copies; whether Zoho confirmed the end. Records of what
    clients did stay.
    """
    app_services = services()
    confirmed = app_services.zoho.disconnect(org)
    app_services.sync_states.forget(org)
    app_services.webhook_endpoints.close(org)
    delete_organisation_copies(app_services.stores.copies, org)
    app_services.sync_due.set_in(org, SYNC_DRAIN_SECONDS)
    app_services.activity.append(
        org,
        merchant.id,
        "disconnected",
        {"merchant": merchant.name, "confirmed by Zoho": json.dumps(confirmed)},
    )
    return confirmed
