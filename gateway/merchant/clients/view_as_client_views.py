"""Looking at the portal as one of the clients: begin and leave. What may be seen and done meanwhile is
decided in gateway/web/access.py.
"""

from __future__ import annotations

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from cache.records.sign_in.client_views import ClientView
from gateway.web.access import MerchantVisit, OrganisationVisit, merchant_only, read_only_allowed
from gateway.web.services import services

bp = Blueprint("merchant_client_views", __name__)


@bp.post("/merchant/<org_key:org>/clients/<zoho_id:person_id>/look")
@read_only_allowed
def begin(visit: OrganisationVisit, person_id: str) -> ResponseReturnValue:
    """The merchant's own session looks as this person from now on, and stays the merchant's."""
    account, stored = (
        services().accounts.by_person(visit.org, person_id),
        services().directory.person(visit.org, person_id),
    )
    if account is None and stored is None:
        abort(404)
    customer_id = (
        account.customer_id if account is not None else stored.customer_id if stored is not None else ""
    )
    services().client_views.start(visit.session.id, ClientView(visit.org, customer_id, person_id))
    activity_fields = {
        "merchant": visit.merchant.name,
        "customer": customer_id,
        "person": account.name if account is not None else person_id,
    }
    services().activity.append(visit.org, visit.merchant.id, "looked_as_client", activity_fields)
    return redirect(url_for("dashboard.show"), code=303)


@bp.post("/merchant/leave-client")
@merchant_only
def leave(visit: MerchantVisit) -> ResponseReturnValue:
    view = services().client_views.of(visit.session.id)
    services().client_views.end(visit.session.id)
    if view is None:
        return redirect(url_for("merchant_connection.landing"), code=303)
    return redirect(url_for("merchant_clients.listing", org=view.org), code=303)
