"""A chosen organisation becomes a connection: tokens sealed, owner noted, first sync due at once."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

from cache.hashes import hash_of
from cache.records.accounts import normal_email
from cache.records.connection import Connection, ConnectionState, org_key
from cache.records.merchants import Merchant
from connectors.zoho.documents.organization import Organization
from connectors.zoho.documents.zoho_user import ZohoUser
from connectors.zoho.oauth import Grant
from gateway.wiring import wired

MIRRORED = ("contacts", "persons", "estimates", "invoices", "payments")


def merchant_of(grant: Grant, user: ZohoUser) -> Merchant:
    """The person behind the grant, known by their address in this data centre: Zoho's user ids differ between organisations."""
    merchant_id = f"{grant.dc}-{hash_of(normal_email(user.email or user.id))[:24]}"
    known = wired().merchants.get(merchant_id)
    orgs = known.orgs if known is not None else ()
    return Merchant(id=merchant_id, zoho_user_id=user.id, dc=grant.dc, name=user.name or user.email, email=user.email, orgs=orgs)


def is_anothers(org: str, merchant: Merchant) -> bool:
    """Whether somebody else connected this organisation and still looks after it."""
    connection = wired().connections.get(org)
    if connection is None or connection.state is ConnectionState.DISCONNECTED:
        return False
    return all(owner.id != merchant.id for owner in wired().merchants.for_org(org))


def connect(grant: Grant, organisation: Organization, merchant: Merchant) -> str:
    """Save the connection (or renew it), give the merchant the organisation, make the first sync due. Returns our key of it."""
    org, now, wiring = org_key(grant.dc, organisation.id), dt.datetime.now(dt.UTC), wired()
    before = wiring.connections.get(org)
    wiring.connections.save(
        Connection(
            org=org, dc=grant.dc, organization_id=organisation.id, name=organisation.name, api_domain=grant.api_domain,
            accounts_server=grant.accounts_server, scopes=grant.scopes, state=ConnectionState.CONNECTED,
            connected_at=before.connected_at if before else now, connected_by=merchant.id, time_zone=organisation.time_zone,
            currency=organisation.currency, profile=before.profile if before else organisation.stored(),
            profile_said_at=before.profile_said_at if before else now,
        ),
        refresh_token=grant.refresh_token,
    )  # fmt: skip
    wiring.zoho.vault.accept(org, grant)
    wiring.merchants.save(dataclasses.replace(merchant, orgs=tuple(dict.fromkeys([*merchant.orgs, org]))))
    wiring.activity.append(org, merchant.id, "reconnected" if before else "connected", {"merchant": merchant.name})
    sync_now(org)
    return org


def sync_now(org: str) -> None:
    """Due at once, and a ring for a worker; the clock rings again if nobody hears it."""
    wired().sync_due.set_in(org, 0)
    wired().doorbell.ring_sync(org)


def disconnect(org: str, merchant: Merchant) -> bool:
    """End the grant in Zoho, forget tokens and copies; whether Zoho confirmed the end. Records of what clients did stay."""
    wiring = wired()
    confirmed = wiring.zoho.disconnect(org)
    wiring.sync_due.remove(org)
    wiring.sync_states.forget(org)
    for kind in MIRRORED:
        wiring.mirror.forget(org, kind)
    wiring.activity.append(org, merchant.id, "disconnected", {"merchant": merchant.name, "confirmed by Zoho": json.dumps(confirmed)})
    return confirmed
