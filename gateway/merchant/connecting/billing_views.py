"""Zoho Billing of a connected organisation: begin to use it, look for it again, or leave it alone."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.connections.connection import BillingUse, ConnectionState
from connectors.zoho.api.scopes import BILLING_SETTINGS_READ, covers
from gateway.merchant.connecting import oauth_flow
from gateway.merchant.connecting.billing_connecting import find_billing
from gateway.merchant.connecting.forms import BillingForm
from gateway.web.access import OrganisationVisit, owner_only
from gateway.web.posted_form import read_form
from gateway.web.services import services

bp = Blueprint("merchant_billing", __name__)


@bp.post("/merchant/<org_key:org>/billing")
@owner_only
def use(visit: OrganisationVisit) -> ResponseReturnValue:
    """With the scopes at hand Billing is looked for at once; without them the merchant agrees to them in Zoho
    first.
    """
    posted = read_form(BillingForm(), request.form)
    overview = redirect(url_for("merchant_overview.show", org=visit.org), code=303)
    if posted.errors:
        return overview
    if not posted.values["uses_billing"]:
        services().connections.save_billing(visit.org, BillingUse.UNUSED)
        services().activity.append(
            visit.org, visit.merchant.id, "billing_left", {"merchant": visit.merchant.name}
        )
        return overview
    if _can_be_asked(visit):
        found = find_billing(visit.org)
        services().activity.append(
            visit.org,
            visit.merchant.id,
            "billing_looked_for",
            {"merchant": visit.merchant.name, "found": found.value},
        )
        return overview
    address = oauth_flow.begin(
        visit.session, visit.connection.dc, purpose=f"reconnect:{visit.org}", uses_billing=True
    )
    return redirect(address, code=303) if address else overview


def _can_be_asked(visit: OrganisationVisit) -> bool:
    """Whether another consent would change nothing: the scope is there, or the data centre has no Billing to
    agree to.
    """
    data_centre = services().settings.data_centres.get(visit.connection.dc)
    is_connected = visit.connection.state is ConnectionState.CONNECTED
    is_offered = data_centre is not None and data_centre.has_billing
    return is_connected and (covers(visit.connection.scopes, BILLING_SETTINGS_READ) or not is_offered)
