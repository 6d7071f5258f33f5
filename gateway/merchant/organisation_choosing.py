"""Which of the organisations that Zoho lists for a grant a merchant may connect."""

from __future__ import annotations

from cache.records.connection import ConnectionState, org_key
from cache.records.merchants import Merchant
from cache.records.team import MerchantRole
from connectors.zoho.documents.organization import Organization
from connectors.zoho.oauth import Grant
from gateway.wiring import wired


class CannotBeChosen(Exception):
    """Why an organisation is not connected, in one sentence for the merchant."""


def choosable(grant: Grant, merchant: Merchant, wanted: str) -> Organization:
    """The organisation of this id, as Zoho lists it for this very grant: active, and looked after by nobody
    else.

    Asked anew: the choice may be minutes old. Raises CannotBeChosen and ZohoError.
    """
    found = next((one for one in wired().zoho.organizations_of_grant(grant) if one.id == wanted), None)
    if found is None:
        raise CannotBeChosen(
            "Zoho does not list that organisation for your account. Please choose one of these."
        )
    if found.is_active is False:
        raise CannotBeChosen(
            f"{found.name} is not active in Zoho Books. Activate it there, then choose it again."
        )
    org = org_key(grant.dc, found.id)
    if is_anothers(org, merchant):
        raise CannotBeChosen(
            f"{found.name} was connected by another person. Ask them to look after it together."
        )
    if org in merchant.orgs and not owns(org, merchant):
        raise CannotBeChosen(f"{found.name} is connected, and only its owners may change that.")
    return found


def is_anothers(org: str, merchant: Merchant) -> bool:
    """Whether somebody else looks after this organisation. One without anybody (a start that was cut short)
    is free.
    """
    connection = wired().connections.get(org)
    if connection is None or connection.state is ConnectionState.DISCONNECTED:
        return False
    owners = {owner.id for owner in wired().merchants.for_org(org)}
    return bool(owners) and merchant.id not in owners


def owns(org: str, merchant: Merchant) -> bool:
    """Whether the merchant may connect this organisation anew or end its connection."""
    return org in merchant.orgs and wired().team.role(org, merchant.id) is MerchantRole.OWNER
