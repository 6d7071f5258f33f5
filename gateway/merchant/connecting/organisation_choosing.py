"""Which of the organisations that Zoho lists for a grant a merchant may connect."""

from __future__ import annotations

from cache.records.accounts.merchants import Merchant
from cache.records.accounts.team import MerchantRole
from cache.records.connections.connection import ConnectionState, org_key
from connectors.zoho.documents.organization import Organization
from connectors.zoho.oauth.authorization_code import Grant
from gateway.web.services import services


class ChoiceRefused(Exception):
    """Why an organisation is not connected, in one sentence for the merchant."""


def checked_choice(grant: Grant, merchant: Merchant, wanted: str) -> Organization:
    """The organisation of this id, as Zoho lists it for this very grant: active, and looked after by nobody
    else.

    Asked anew: the choice may be minutes old. Raises ChoiceRefused and ZohoError.
    """
    found = next(
        (
            organization
            for organization in services().zoho.organizations_of_grant(grant)
            if organization.id == wanted
        ),
        None,
    )
    if found is None:
        raise ChoiceRefused(
            "Zoho does not list that organisation for your account. Please choose one of these."
        )
    if found.is_active is False:
        raise ChoiceRefused(
            f"{found.name} is not active in Zoho Books. Activate it there, then choose it again."
        )
    org = org_key(grant.dc, found.id)
    if belongs_to_another(org, merchant):
        raise ChoiceRefused(
            f"{found.name} was connected by another person. Ask them to look after it together."
        )
    if org in merchant.orgs and not is_owner(org, merchant):
        raise ChoiceRefused(f"{found.name} is connected, and only its owners may change that.")
    return found


def belongs_to_another(org: str, merchant: Merchant) -> bool:
    """Whether somebody else looks after this organisation. One without anybody (a start that was cut short)
    is free.
    """
    connection = services().connections.get(org)
    if connection is None or connection.state is ConnectionState.DISCONNECTED:
        return False
    owners = {owner.id for owner in services().merchants.for_org(org)}
    return bool(owners) and merchant.id not in owners


def is_owner(org: str, merchant: Merchant) -> bool:
    """Whether the merchant may connect this organisation anew or end its connection."""
    return org in merchant.orgs and services().team.role(org, merchant.id) is MerchantRole.OWNER
