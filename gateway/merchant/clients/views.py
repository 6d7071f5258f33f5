"""Clients: who at which customer may sign in; invite, invite again, revoke."""

from __future__ import annotations

import secrets

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.invitations.inviting import CannotBeInvited
from gateway.merchant.clients.client_list import STATE_LABELS, client_page, client_row
from gateway.merchant.clients.forms import ClientsQuery, PersonForm
from gateway.merchant.clients.inviting import invite, revoke
from gateway.web.access import OrganisationVisit, organisation_only
from gateway.web.posted_form import read_form
from gateway.web.services import services

bp = Blueprint("merchant_clients", __name__)


@bp.get("/merchant/<org_key:org>/clients")
@organisation_only
def listing(visit: OrganisationVisit) -> ResponseReturnValue:
    return _page(visit)


@bp.post("/merchant/<org_key:org>/clients/invite")
@organisation_only
def invite_one(visit: OrganisationVisit) -> ResponseReturnValue:
    row = client_row(visit.org, _posted_person())
    if row is None or not row.is_in_zoho:
        abort(404)
    try:
        account = invite(visit.connection, visit.merchant, row.person, row.customer_name)
    except CannotBeInvited as refusal:
        return _page(visit, error=str(refusal))
    return redirect(
        url_for("merchant_clients.listing", org=visit.org, q=account.email, done="invited"), code=303
    )


@bp.post("/merchant/<org_key:org>/clients/revoke")
@organisation_only
def revoke_one(visit: OrganisationVisit) -> ResponseReturnValue:
    row = client_row(visit.org, _posted_person())
    if row is None or row.account is None:
        abort(404)
    revoke(visit.connection, visit.merchant, row.account)
    return redirect(
        url_for("merchant_clients.listing", org=visit.org, q=row.person.email, done="revoked"), code=303
    )


def _posted_person() -> str:
    return str(read_form(PersonForm(), request.form).values.get("person_id", ""))


def _page(visit: OrganisationVisit, *, error: str = "") -> ResponseReturnValue:
    query = ClientsQuery.of(request.args)
    found = client_page(visit, query)
    page = render_template(
        "merchant/clients/clients.html",
        rows=found.rows,
        unread=found.unread,
        numbers=found.numbers,
        query=query,
        error=error,
        has_more_without_customer=found.has_more_without_customer,
        done=request.args.get("done", ""),
        is_complete=services().mirror.is_complete(visit.org, "contacts"),
        as_of=services().sync_states.get(visit.org, "contacts").last_success,
        states=STATE_LABELS,
        bulk=services().bulk_invitations.newest(visit.org),
        form_key=secrets.token_urlsafe(18),
    )
    return make_response(page, 422 if error else 200)
