"""One client: what stands between them and the portal, what they may do there, and the ways to change it."""

from __future__ import annotations

import dataclasses

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.accounts.accounts import AccountState, ClientAccount
from cache.records.accounts.client_roles import Role
from cache.records.email.account_emails import AccountChange
from gateway.account.security.account_changes import notify_change
from gateway.merchant.clients.client_list import ClientRow, client_row
from gateway.merchant.clients.forms import RolesForm
from gateway.web.access import OrganisationVisit, organisation_only
from gateway.web.posted_form import read_form
from gateway.web.services import services

bp = Blueprint("merchant_client", __name__)

ROLE_LABELS = {
    Role.ACCEPT: ("Accept and decline estimates", "Their answer binds their company."),
    Role.PAY: ("Pay", "Pay invoices, report payments, use credit, replace a card."),
    Role.MANAGE: ("Edit details", "Their own and the company’s, as the settings allow."),
}


@bp.get("/merchant/<org_key:org>/clients/<zoho_id:person_id>")
@organisation_only
def show(visit: OrganisationVisit, person_id: str) -> ResponseReturnValue:
    row = client_row(visit.org, person_id) or abort(404)
    roles = row.account.roles if row.account is not None else frozenset(Role)
    return render_template(
        "merchant/clients/client.html",
        row=row,
        roles=roles,
        role_labels=ROLE_LABELS,
        others=_others(visit, row),
        is_saved=request.args.get("saved") == "1",
        is_factor_removed=request.args.get("removed") == "1",
        factor=services().second_factors.get(row.account.id) if row.account is not None else None,
    )


@bp.post("/merchant/<org_key:org>/clients/<zoho_id:person_id>/roles")
@organisation_only
def save_roles(visit: OrganisationVisit, person_id: str) -> ResponseReturnValue:
    """What this person may do from their next page on. Nothing of who they are, or whether they may come in,
    is touched.
    """
    posted, account = (
        read_form(RolesForm(), request.form),
        services().accounts.by_person(visit.org, person_id),
    )
    if account is None or posted.errors:
        abort(404)
    roles = frozenset({Role.SEE, *(role for role in ROLE_LABELS if posted.values[role])})
    if roles != account.roles and _save_roles(account, roles):
        activity_fields = {
            "merchant": visit.merchant.name,
            "account": account.id,
            "person": account.name,
            "may": ", ".join(sorted(roles)),
        }
        services().activity.append(visit.org, visit.merchant.id, "client_roles_changed", activity_fields)
    return redirect(url_for("merchant_client.show", org=visit.org, person_id=person_id, saved=1), code=303)


@bp.post("/merchant/<org_key:org>/clients/<zoho_id:person_id>/second-factor/remove")
@organisation_only
def remove_factor(visit: OrganisationVisit, person_id: str) -> ResponseReturnValue:
    """For somebody who has lost the app and the recovery codes. They are told, and whoever was signed in is
    out.
    """
    account = services().accounts.by_person(visit.org, person_id)
    if account is None:
        abort(404)
    if services().second_factors.remove(account.id):
        services().sessions.end_all(account.id)
        notify_change(account, AccountChange.SECOND_FACTOR_REMOVED, actor=visit.merchant.id)
    return redirect(url_for("merchant_client.show", org=visit.org, person_id=person_id, removed=1), code=303)


def _save_roles(account: ClientAccount, roles: frozenset[Role]) -> bool:
    """Whoever changes the account at this very moment, a revocation above all, goes first."""
    now: ClientAccount | None = account
    while now is not None:
        if services().accounts.swap(now, dataclasses.replace(now, roles=roles)):
            return True
        now = services().accounts.get(account.id)
    return False


def _others(visit: OrganisationVisit, row: ClientRow) -> list[ClientAccount]:
    """Other people of this organisation who sign in with the same address."""
    same = services().accounts.by_email(row.person.email) if row.person.email else []
    return [
        item
        for item in same
        if item.org == visit.org
        and item.person_id != row.person.id
        and item.state is not AccountState.REVOKED
    ]
