"""How a client signs in: the password, the second step, and where they are signed in now."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.account.security.account_changes import change_passwords
from gateway.account.security.forms import EndSessionForm, PasswordChangeForm
from gateway.account.security.passwords import password_problem
from gateway.account.security.second_factor_setup import check_password
from gateway.account.sign_in.opened_accounts import (
    accounts_with_password,
    choices_of,
    proofs_of,
    public_terms,
)
from gateway.web.access import ClientVisit, client_only
from gateway.web.posted_form import read_form
from gateway.web.services import services
from gateway.web.sessions import renew_session
from gateway.web.wait_text import wait_text
from gateway.web.wording import _

bp = Blueprint("account_security", __name__)


@bp.get("/details/security")
@client_only
def show(visit: ClientVisit) -> ResponseReturnValue:
    return render_template(
        "account/security/security.html",
        factor=services().second_factors.get(visit.account.id),
        sessions=services().sessions.of(visit.account.id),
        done=request.args.get("done", ""),
    )


@bp.post("/details/security/sessions/end")
@client_only
def end_session(visit: ClientVisit) -> ResponseReturnValue:
    """One of the others; one that is not theirs, or has ended meanwhile, is no fault."""
    posted = read_form(EndSessionForm(), request.form)
    wanted = str(posted.values.get("session", ""))
    if wanted != visit.session.id:
        services().sessions.end_one(visit.account.id, wanted)
    return redirect(url_for("account_security.show", done="ended"), code=303)


@bp.post("/details/security/sessions/end-others")
@client_only
def end_others(visit: ClientVisit) -> ResponseReturnValue:
    services().sessions.end_all(visit.account.id, but=visit.session.id)
    return redirect(url_for("account_security.show", done="ended"), code=303)


@bp.get("/details/security/password")
@client_only
def ask_password(visit: ClientVisit) -> ResponseReturnValue:
    return _password_page(visit)


@bp.post("/details/security/password")
@client_only
def change_password(visit: ClientVisit) -> ResponseReturnValue:
    """Of every account of this address that the old password opens: they were one for the person all
    along.
    """
    posted = read_form(PasswordChangeForm(), request.form)
    errors = dict(posted.errors)
    if not errors and (wrong := check_password(visit.account, posted.values["old"])) is not None:
        refusal = {"form": wait_text(wrong)} if wrong else {"old": _("This is not your current password.")}
        return _password_page(visit, refusal, 429 if wrong else 422)
    accounts = [] if errors else accounts_with_password(visit.account.email, posted.values["old"])
    if not errors and (words := password_problem(posted.values["password"], about=public_terms(accounts))):
        errors = {"password": words}
    if errors:
        return _password_page(visit, errors, 422)
    changed = change_passwords(accounts, posted.values["password"], but=visit.session.id)
    if visit.account.id not in {item.id for item in changed}:
        return _password_page(
            visit, {"form": _("Your account was changed at this very moment. Please look at it again.")}, 409
        )
    renew_session(visit.session, opened={**visit.session.opened, **proofs_of(changed)})
    return redirect(url_for("account_security.show", done="password"), code=303)


def _password_page(
    visit: ClientVisit, errors: dict[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    others = [choice for choice in choices_of(visit.session) if choice.account.id != visit.account.id]
    return make_response(
        render_template("account/security/password.html", errors=errors or {}, others=others), status
    )
