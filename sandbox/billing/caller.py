"""Who calls Zoho Billing: the organisation is in a header, and the scopes belong to Billing's own service
(zoho.md 1.6, 2.1).
"""

from __future__ import annotations

from sandbox import tokens
from sandbox.books.caller import Caller
from sandbox.refusals import Refused, not_authorised
from sandbox.world import DataCentre, World

ORGANISATION_HEADER = "X-com-zoho-subscriptions-organizationid"
SERVICE = "ZohoSubscriptions"
WITHOUT_ORGANISATION = "/billing/v1/organizations"


def identify_in_billing(
    world: World, centre: DataCentre, token: str, organization_id: str, path: str
) -> Caller:
    """The caller behind a token.

    Raises Refused: 57 bad or foreign token, 9017 no organisation, 6041 not theirs or without Billing (zoho.md
    2.1, 3.2). The list of organisations needs none, because it gives the id (zoho.md 8).
    """
    found = tokens.holder(world, centre, token)
    if found is None:
        raise not_authorised()
    user, scopes = centre.users[found["user_id"]], tuple(found["scopes"])
    if not organization_id:
        if path == WITHOUT_ORGANISATION:
            return Caller(user, scopes, None, SERVICE)
        raise Refused(9017, "Please specify the organization ID in the request.")
    for organisation in centre.organisations.values():
        if (
            organisation.has_billing
            and organisation.billing_id == organization_id
            and user["user_id"] in organisation.member_ids
        ):
            return Caller(user, scopes, organisation, SERVICE)
    raise Refused(6041, "This user is not associated with the CompanyID/CompanyName given.")
