"""The merchants' door: connect Zoho Books, choose an organisation, reconnect, disconnect."""

from __future__ import annotations

import structlog
from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.accounts.merchants import Merchant
from cache.records.connections.connection import BillingUse, org_key
from cache.records.connections.orphaned_grants import orphaned_grant_id
from connectors.zoho.api.errors import ZohoError
from connectors.zoho.documents.organization import Organization
from connectors.zoho.oauth.authorization_code import Grant
from gateway.merchant.connecting import oauth_flow
from gateway.merchant.connecting.forms import ConnectForm, OrganisationChoiceForm
from gateway.merchant.connecting.organisation_choosing import (
    ChoiceRefused,
    belongs_to_another,
    checked_choice,
    is_owner,
)
from gateway.merchant.connecting.organisation_connecting import (
    connect,
    disconnect,
    has_wider_scopes,
    merchant_from_grant,
    renew_connections,
)
from gateway.merchant.team.colleagues import ROLE_LABELS, invitations_of, join_invited
from gateway.web.access import MerchantVisit, OrganisationVisit, merchant_only, open_to_all, owner_only
from gateway.web.posted_form import read_form
from gateway.web.services import services
from gateway.web.sessions import current_session, session_or_visitor, start_session

bp = Blueprint("merchant_connection", __name__)
log = structlog.get_logger()


@bp.get("/merchant")
@open_to_all
def landing() -> ResponseReturnValue:
    """Signed in: my organisations. Otherwise: what this is, and Connect."""
    return _landing()


@bp.post("/merchant/connect")
@open_to_all
def begin() -> ResponseReturnValue:
    posted = read_form(ConnectForm(), request.form)
    uses_billing = bool(posted.values.get("uses_billing"))
    address = oauth_flow.begin(
        session_or_visitor(), str(posted.values.get("dc", "")), uses_billing=uses_billing
    )
    if address is None:
        return _landing(
            error="This portal does not know that data centre. Please choose one of the list.", status=422
        )
    return redirect(address, code=303)


@bp.get("/merchant/zoho/callback")
@open_to_all
def callback() -> ResponseReturnValue:
    """Back from Zoho's consent page. Every address that does not belong to a consent of this browser ends in
    one clear page.
    """
    try:
        finished = oauth_flow.finish(current_session(), request.args)
    except oauth_flow.FlowRefused as refusal:
        log.info("connect_refused")
        return _not_connected(str(refusal), 400)
    try:
        organisations = services().zoho.organizations_of_grant(finished.grant)
        merchant = _merchant_of_grant(finished.grant, organisations)
    except ZohoError as fault:
        _revoke_grant(finished.grant)
        return _not_connected(
            f"Zoho answered: {fault.reason}. Nothing was connected; please try again in a moment.", 502
        )
    if merchant is None:
        _revoke_grant(finished.grant)
        return _not_connected(
            "This Zoho account has no organisation in Zoho Books yet. Create one there, then connect again.",
            409,
        )
    services().merchants.save(merchant)
    before, merchant = merchant.orgs, join_invited(merchant, organisations)
    is_needed, was_signed_in = renew_connections(finished.grant, merchant), _current_merchant() is not None
    session = start_session("merchant", merchant.id)
    log.info("merchant_signed_in", merchant=merchant.id)
    if (
        finished.purpose == oauth_flow.CONNECT
        and not is_needed
        and (not was_signed_in or merchant.orgs != before)
    ):
        _revoke_grant(finished.grant)
        return redirect(url_for("merchant_connection.landing"), code=303)
    oauth_flow.store_grant(session, finished)
    org = finished.purpose.removeprefix("reconnect:")
    chosen = next(
        (
            organisation
            for organisation in organisations
            if org_key(finished.grant.dc, organisation.id) == org
        ),
        None,
    )
    if chosen is not None and chosen.is_active is not False and is_owner(org, merchant):
        oauth_flow.discard_grant(session)
        connect(finished.grant, chosen, merchant, uses_billing=finished.uses_billing)
        return redirect(url_for("merchant_overview.show", org=org), code=303)
    return redirect(url_for("merchant_connection.organisations"), code=303)


@bp.get("/merchant/organisations")
@merchant_only
def organisations(visit: MerchantVisit) -> ResponseReturnValue:
    """Which of the grant's organisations shall have a portal?"""
    kept = oauth_flow.stored_grant(visit.session)
    if kept is None:
        return redirect(url_for("merchant_connection.landing"), code=303)
    return _choice(visit, kept.grant)


@bp.post("/merchant/organisations")
@merchant_only
def choose(visit: MerchantVisit) -> ResponseReturnValue:
    """Only an organisation that Zoho lists for this grant, that is active, and that nobody else looks
    after.
    """
    kept = oauth_flow.stored_grant(visit.session)
    if kept is None:
        return redirect(url_for("merchant_connection.landing"), code=303)
    posted = read_form(OrganisationChoiceForm(), request.form)
    try:
        chosen = checked_choice(kept.grant, visit.merchant, str(posted.values.get("organization_id", "")))
    except ChoiceRefused as why:
        return _choice(visit, kept.grant, error=str(why))
    except ZohoError as fault:
        return _choice_failed(fault)
    org = org_key(kept.grant.dc, chosen.id)
    if org in visit.merchant.orgs and has_wider_scopes(services().connections.get(org), kept.grant):
        _revoke_grant(kept.grant)
    else:
        connect(kept.grant, chosen, visit.merchant, uses_billing=kept.uses_billing)
    oauth_flow.discard_grant(visit.session)
    log.info("organisation_connected", org=org)
    return redirect(url_for("merchant_overview.show", org=org), code=303)


@bp.post("/merchant/<org_key:org>/reconnect")
@owner_only
def reconnect(visit: OrganisationVisit) -> ResponseReturnValue:
    used = visit.connection.billing is not BillingUse.UNUSED
    address = oauth_flow.begin(
        visit.session, visit.connection.dc, purpose=f"reconnect:{visit.org}", uses_billing=used
    )
    if address is None:
        return _not_connected(
            "This portal no longer has a Zoho client for that data centre. Its operator must add one.", 409
        )
    return redirect(address, code=303)


@bp.get("/merchant/<org_key:org>/disconnect")
@owner_only
def ask_disconnect(visit: OrganisationVisit) -> ResponseReturnValue:
    return render_template("merchant/connecting/disconnect.html")


@bp.post("/merchant/<org_key:org>/disconnect")
@owner_only
def do_disconnect(visit: OrganisationVisit) -> ResponseReturnValue:
    confirmed = disconnect(visit.org, visit.merchant)
    log.info("organisation_disconnected", org=visit.org, confirmed=confirmed)
    return redirect(url_for("merchant_connection.landing"), code=303)


def _merchant_of_grant(grant: Grant, organisations: list[Organization]) -> Merchant | None:
    """The person behind the grant, asked in the first organisation that can be asked; None without any."""
    active = [
        organisation for organisation in organisations if organisation.is_active is not False
    ] or organisations
    return (
        merchant_from_grant(grant, services().zoho.authorising_user(grant, active[0].id), organisations)
        if active
        else None
    )


def _revoke_grant(grant: Grant) -> None:
    """A grant that leads to nothing must not count among the merchant's twenty (zoho.md 1.3)."""
    if services().zoho.revoke_if_unused(grant.dc, grant.refresh_token):
        services().orphaned_grants.settle(orphaned_grant_id(grant.refresh_token))


def _current_merchant() -> Merchant | None:
    session = current_session()
    is_merchant = session is not None and session.kind == "merchant"
    return services().merchants.get(session.subject) if session is not None and is_merchant else None


def _landing(*, error: str = "", status: int = 200) -> ResponseReturnValue:
    merchant = _current_merchant()
    g.visit = MerchantVisit(merchant=merchant, session=session_or_visitor()) if merchant else None
    connections = [services().connections.get(org) for org in merchant.orgs] if merchant else []
    page = render_template(
        "merchant/connecting/landing.html",
        merchant=merchant,
        connections=[connection for connection in connections if connection is not None],
        error=error,
        data_centres=services().settings.data_centres.values(),
        role_labels=ROLE_LABELS,
        roles={org: services().team.role(org, merchant.id) for org in merchant.orgs} if merchant else {},
        invited=invitations_of(merchant) if merchant else [],
    )
    return make_response(page, status)


def _choice(visit: MerchantVisit, grant: Grant, *, error: str = "") -> ResponseReturnValue:
    try:
        found = services().zoho.organizations_of_grant(grant)
    except ZohoError as fault:
        return _choice_failed(fault)
    choices = [
        {
            "organisation": item,
            "is_mine": org_key(grant.dc, item.id) in visit.merchant.orgs,
            "belongs_to_another": belongs_to_another(org_key(grant.dc, item.id), visit.merchant),
        }
        for item in found
    ]
    return make_response(
        render_template("merchant/connecting/organisations.html", choices=choices, error=error),
        422 if error else 200,
    )


def _choice_failed(fault: ZohoError) -> ResponseReturnValue:
    message = f"Zoho could not list your organisations: {fault.reason}. Nothing was connected; "
    return _not_connected(f"{message}please connect again in a moment.", 502)


def _not_connected(message: str, status: int) -> ResponseReturnValue:
    return make_response(render_template("merchant/connecting/not_connected.html", message=message), status)
