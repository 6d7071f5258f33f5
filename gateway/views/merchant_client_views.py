"""Looking at the portal as one of the clients: begin and leave. What may be seen and done meanwhile is
decided in gateway/access.py.
"""

from __future__ import annotations

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from cache.records.client_views import ClientView
from gateway.access import MerchantVisit, OrganisationVisit, merchant_only, readers_too
from gateway.wiring import wired

bp = Blueprint("merchant_client_views", __name__)


@bp.post("/merchant/<org_key:org>/clients/<zoho_id:person_id>/look")
@readers_too
def begin(visit: OrganisationVisit, person_id: str) -> ResponseReturnValue:
    """The merchant's own session looks as this person from now on, and stays the merchant's."""
    account, stored = (
        wired().accounts.by_person(visit.org, person_id),
        wired().directory.person(visit.org, person_id),
    )
    if account is None and stored is None:
        abort(404)
    customer_id = (
        account.customer_id if account is not None else stored.customer_id if stored is not None else ""
    )
    wired().client_views.start(visit.session.id, ClientView(visit.org, customer_id, person_id))
    told = {
        "merchant": visit.merchant.name,
        "customer": customer_id,
        "person": account.name if account is not None else person_id,
    }
    wired().activity.append(visit.org, visit.merchant.id, "looked_as_client", told)
    return redirect(url_for("dashboard.show"), code=303)


@bp.post("/merchant/leave-client")
@merchant_only
def leave(visit: MerchantVisit) -> ResponseReturnValue:
    view = wired().client_views.of(visit.session.id)
    wired().client_views.end(visit.session.id)
    if view is None:
        return redirect(url_for("merchant_connection.landing"), code=303)
    return redirect(url_for("merchant_clients.listing", org=view.org), code=303)
