"""Colleagues: who else looks after this organisation, and what they may do there."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.accounts.team import MerchantRole
from gateway.merchant.team.colleagues import (
    ROLE_LABELS,
    ChangeRefused,
    change_role,
    colleagues_of,
    invite_colleague,
    remove_colleague,
    withdraw_invitation,
)
from gateway.merchant.team.forms import ColleagueForm, ColleagueRoleForm, InviteColleagueForm
from gateway.web.access import OrganisationVisit, organisation_only, owner_only
from gateway.web.posted_form import read_form
from gateway.web.services import services

bp = Blueprint("merchant_colleagues", __name__)


@bp.get("/merchant/<org_key:org>/colleagues")
@organisation_only
def listing(visit: OrganisationVisit) -> ResponseReturnValue:
    return _page(visit)


@bp.post("/merchant/<org_key:org>/colleagues/invite")
@owner_only
def invite(visit: OrganisationVisit) -> ResponseReturnValue:
    posted = read_form(InviteColleagueForm(), request.form)
    if posted.errors:
        return make_response(_page(visit, errors=posted.errors), 422)
    email, role = posted.values["email"].strip(), MerchantRole(posted.values["role"])
    return _done(visit, lambda: invite_colleague(visit, email, role), "invited")


@bp.post("/merchant/<org_key:org>/colleagues/role")
@owner_only
def set_role(visit: OrganisationVisit) -> ResponseReturnValue:
    posted = read_form(ColleagueRoleForm(), request.form)
    if posted.errors:
        abort(400)
    return _done(
        visit,
        lambda: change_role(visit, posted.values["merchant_id"], MerchantRole(posted.values["role"])),
        "changed",
    )


@bp.post("/merchant/<org_key:org>/colleagues/remove")
@owner_only
def remove(visit: OrganisationVisit) -> ResponseReturnValue:
    return _done(visit, lambda: remove_colleague(visit, _posted()), "removed")


@bp.post("/merchant/<org_key:org>/colleagues/withdraw")
@owner_only
def withdraw(visit: OrganisationVisit) -> ResponseReturnValue:
    return _done(visit, lambda: withdraw_invitation(visit, _posted()), "withdrawn")


def _posted() -> str:
    return str(read_form(ColleagueForm(), request.form).values.get("merchant_id", ""))


def _done(visit: OrganisationVisit, do: Callable[[], None], word: str) -> ResponseReturnValue:
    try:
        do()
    except ChangeRefused as refusal:
        return make_response(_page(visit, error=str(refusal)), 422)
    return redirect(url_for("merchant_colleagues.listing", org=visit.org, done=word), code=303)


def _page(visit: OrganisationVisit, *, error: str = "", errors: dict[str, str] | None = None) -> str:
    return render_template(
        "merchant/team/colleagues.html",
        colleagues=colleagues_of(visit.org),
        error=error,
        errors=errors or {},
        invited=services().colleague_invitations.of_org(visit.org),
        role_labels=ROLE_LABELS,
        done=request.args.get("done", ""),
        typed_email=request.form.get("email", ""),
        typed_role=request.form.get("role", MerchantRole.STAFF.value),
    )
