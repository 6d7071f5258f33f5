"""Colleagues of a merchant: invited by address, joining when Zoho says that address of them and lists the
organisation for them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import NamedTuple

from cache.records.accounts.accounts import normal_email
from cache.records.accounts.colleague_invitations import ColleagueInvitation
from cache.records.accounts.merchants import Merchant, merchant_id
from cache.records.accounts.team import MerchantRole
from cache.records.connections.connection import org_key
from cache.records.email.emails import Email, new_email_id
from connectors.zoho.documents.organization import Organization
from gateway.web.access import OrganisationVisit
from gateway.web.email_outbox import enqueue_email
from gateway.web.services import services

ROLE_LABELS = {
    MerchantRole.OWNER: ("Owner", "Everything, the connection to Zoho and the colleagues as well."),
    MerchantRole.STAFF: ("Staff", "Clients, requests and settings; not the connection, not the colleagues."),
    MerchantRole.READ_ONLY: ("Read-only", "Sees everything and changes nothing."),
}


class ChangeRefused(Exception):
    """Why a change among the colleagues is not made, in one sentence for the merchant."""


class Colleague(NamedTuple):
    merchant: Merchant
    role: MerchantRole


def colleagues_of(org: str) -> list[Colleague]:
    """Everybody who looks after the organisation, by name."""
    found = [
        (merchant, services().team.role(org, merchant.id)) for merchant in services().merchants.for_org(org)
    ]
    return sorted(
        (Colleague(item, role) for item, role in found if role is not None),
        key=lambda one: one.merchant.name.casefold(),
    )


def invite_colleague(visit: OrganisationVisit, email: str, role: MerchantRole) -> None:
    """Write the invitation and a letter that leads to the sign-in. Raises ChangeRefused."""
    invited = merchant_id(visit.connection.dc, email)
    if any(colleague.merchant.id == invited for colleague in colleagues_of(visit.org)):
        raise ChangeRefused(f"{email} looks after {visit.connection.name} already. Change the role below.")
    services().colleague_invitations.make(
        visit.org, invited, email=email, role=role, invited_by=visit.merchant.name
    )
    invitation_email = Email(
        id=new_email_id(),
        org=visit.org,
        to=email,
        kind="colleague",
        reply_to=visit.merchant.email,
        path="/merchant",
        values={
            "inviter": visit.merchant.name,
            "role": ROLE_LABELS[role][0],
            "email": email,
            "data_centre": visit.connection.dc.upper(),
        },
    )
    enqueue_email(invitation_email, once_key=f"colleague:{invitation_email.id}")
    _log_activity(visit, "colleague_invited", email, role)


def change_role(visit: OrganisationVisit, merchant_id: str, role: MerchantRole) -> None:
    """Raises ChangeRefused."""
    colleague = _colleague(visit, merchant_id)
    if colleague.role is MerchantRole.OWNER and role is not MerchantRole.OWNER:
        _keep_an_owner(visit, merchant_id)
    services().team.give(visit.org, merchant_id, role)
    _log_activity(visit, "colleague_role_changed", colleague.merchant.email, role)


def remove_colleague(visit: OrganisationVisit, merchant_id: str) -> None:
    """Out at once: their next request finds the organisation absent. Raises ChangeRefused."""
    colleague = _colleague(visit, merchant_id)
    if merchant_id == visit.connection.connected_by:
        raise ChangeRefused(
            f"The connection to Zoho is {colleague.merchant.name}’s. Reconnect it as yourself first."
        )
    if colleague.role is MerchantRole.OWNER:
        _keep_an_owner(visit, merchant_id)
    services().team.remove(visit.org, merchant_id)
    services().merchants.leave(merchant_id, visit.org)
    _log_activity(visit, "colleague_removed", colleague.merchant.email, colleague.role)


def withdraw_invitation(visit: OrganisationVisit, merchant_id: str) -> None:
    if services().colleague_invitations.withdraw(visit.org, merchant_id):
        services().activity.append(
            visit.org, visit.merchant.id, "colleague_invitation_withdrawn", {"merchant": visit.merchant.name}
        )


def join_invited(merchant: Merchant, listed: Iterable[Organization]) -> Merchant:
    """The merchant with the organisations they were invited to and that Zoho lists for them; each is joined
    once.
    """
    at_zoho = {org_key(merchant.dc, item.id) for item in listed if item.is_active is not False}
    for invitation in services().colleague_invitations.of_merchant(merchant.id):
        is_theirs = (
            normal_email(invitation.email) == normal_email(merchant.email) and invitation.org in at_zoho
        )
        if is_theirs and services().colleague_invitations.withdraw(invitation.org, merchant.id):
            merchant = _joined(merchant, invitation)
    return merchant


def _joined(merchant: Merchant, invitation: ColleagueInvitation) -> Merchant:
    """The role stands before the membership: nobody is an owner for a moment."""
    services().team.give(invitation.org, merchant.id, invitation.role)
    merchant = dataclasses.replace(merchant, orgs=tuple(dict.fromkeys([*merchant.orgs, invitation.org])))
    services().merchants.save(merchant)
    activity_fields = {
        "merchant": merchant.name,
        "role": invitation.role.value,
        "invited by": invitation.invited_by,
    }
    services().activity.append(invitation.org, merchant.id, "colleague_joined", activity_fields)
    return merchant


def _colleague(visit: OrganisationVisit, merchant_id: str) -> Colleague:
    found = next(
        (colleague for colleague in colleagues_of(visit.org) if colleague.merchant.id == merchant_id), None
    )
    if found is None:
        raise ChangeRefused("This person does not look after the organisation any more.")
    return found


def _keep_an_owner(visit: OrganisationVisit, merchant_id: str) -> None:
    if not any(
        colleague.role is MerchantRole.OWNER and colleague.merchant.id != merchant_id
        for colleague in colleagues_of(visit.org)
    ):
        raise ChangeRefused("An organisation needs an owner. Make somebody else an owner first.")


def _log_activity(visit: OrganisationVisit, event: str, email: str, role: MerchantRole) -> None:
    services().activity.append(
        visit.org,
        visit.merchant.id,
        event,
        {"merchant": visit.merchant.name, "colleague": email, "role": role.value},
    )


def invitations_of(merchant: Merchant) -> list[tuple[ColleagueInvitation, str]]:
    """What this merchant was invited to, with the organisation's name."""
    found = [
        (invitation, services().connections.get(invitation.org))
        for invitation in services().colleague_invitations.of_merchant(merchant.id)
    ]
    return [(invitation, connection.name) for invitation, connection in found if connection is not None]
