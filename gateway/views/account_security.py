"""How a client signs in: the password, the second step, and where they are signed in now."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.access import ClientVisit, client_only
from gateway.forms.account_security import EndSessionForm, PasswordChangeForm
from gateway.forms.posted_form import read_form
from gateway.sessions import renew_session
from gateway.signing_in.account_changes import change_passwords
from gateway.signing_in.opened_accounts import accounts_opened, choices_of, proofs_of, words_about
from gateway.signing_in.passwords import why_unfit
from gateway.signing_in.second_factor_setup import check_password
from gateway.wait_words import wait_words
from gateway.wiring import wired
from gateway.wording import _

bp = Blueprint("account_security", __name__)


@bp.get("/details/security")
@client_only
def show(visit: ClientVisit) -> ResponseReturnValue:
    return render_template(
        "pages/security/show.html",
        factor=wired().second_factors.get(visit.account.id),
        sessions=wired().sessions.of(visit.account.id),
        done=request.args.get("done", ""),
    )


@bp.post("/details/security/sessions/end")
@client_only
def end_session(visit: ClientVisit) -> ResponseReturnValue:
    """One of the others; one that is not theirs, or has ended meanwhile, is no fault."""
    posted = read_form(EndSessionForm(), request.form)
    wanted = str(posted.values.get("session", ""))
    if wanted != visit.session.id:
        wired().sessions.end_one(visit.account.id, wanted)
    return redirect(url_for("account_security.show", done="ended"), code=303)


@bp.post("/details/security/sessions/end-others")
@client_only
def end_others(visit: ClientVisit) -> ResponseReturnValue:
    wired().sessions.end_all(visit.account.id, but=visit.session.id)
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
        refusal = {"form": wait_words(wrong)} if wrong else {"old": _("This is not your current password.")}
        return _password_page(visit, refusal, 429 if wrong else 422)
    accounts = [] if errors else accounts_opened(visit.account.email, posted.values["old"])
    if not errors and (words := why_unfit(posted.values["password"], about=words_about(accounts))):
        errors = {"password": words}
    if errors:
        return _password_page(visit, errors, 422)
    changed = change_passwords(accounts, posted.values["password"], but=visit.session.id)
    if visit.account.id not in {one.id for one in changed}:
        return _password_page(
            visit, {"form": _("Your account was changed at this very moment. Please look at it again.")}, 409
        )
    renew_session(visit.session, opened={**visit.session.opened, **proofs_of(changed)})
    return redirect(url_for("account_security.show", done="password"), code=303)


def _password_page(
    visit: ClientVisit, errors: dict[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    others = [one for one in choices_of(visit.session) if one.account.id != visit.account.id]
    return make_response(
        render_template("pages/security/password.html", errors=errors or {}, others=others), status
    )
