"""The second factor of somebody who is signed in: set it up, make new recovery codes, switch it off. Each
asks for the password.
"""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.email.account_emails import AccountChange
from cache.records.sign_in.second_factors import SecondFactor
from gateway.account.security.account_changes import notify_change
from gateway.account.security.forms import ConfirmedCodeForm
from gateway.account.security.second_factor_setup import (
    check_password,
    confirm,
    offer_for,
    renew_codes,
    take_code,
)
from gateway.account.sign_in.entry import enter_account
from gateway.web.access import ClientVisit, client_only
from gateway.web.posted_form import read_form
from gateway.web.services import services
from gateway.web.sessions import renew_session
from gateway.web.wait_text import wait_text
from gateway.web.wording import _

bp = Blueprint("second_factor", __name__)


@bp.get("/details/second-factor")
@client_only
def show(visit: ClientVisit) -> ResponseReturnValue:
    return _offer_page(visit) if _factor(visit) is None else _kept_page()


@bp.post("/details/second-factor")
@client_only
def set_up(visit: ClientVisit) -> ResponseReturnValue:
    """A session alone is not enough: whoever found it open would lock its owner out."""
    if _factor(visit) is not None:
        return _back()
    posted = read_form(ConfirmedCodeForm(), request.form)
    if posted.errors:
        return _offer_page(visit, posted.errors, 422)
    if (wrong := check_password(visit.account, posted.values["password"])) is not None:
        return _offer_page(visit, _password_errors(wrong), 429 if wrong else 422)
    made = confirm(visit.session, visit.account, posted.values["code"])
    if made is None:
        return _offer_page(
            visit, {"code": _("This code is not right. Please take the one your app shows now.")}, 422
        )
    renew_session(visit.session, passed={**visit.session.passed, visit.account.id: made.factor.since})
    return render_template("account/security/recovery_codes.html", codes=made.codes)


@bp.post("/details/second-factor/codes")
@client_only
def make_codes(visit: ClientVisit) -> ResponseReturnValue:
    if (factor := _factor(visit)) is None:
        return _back()
    errors, status = _check(visit, factor)
    if errors:
        return _kept_page(errors, status)
    codes = renew_codes(visit.account)
    renew_session(visit.session)
    return render_template("account/security/recovery_codes.html", codes=codes)


@bp.post("/details/second-factor/off")
@client_only
def switch_off(visit: ClientVisit) -> ResponseReturnValue:
    """Where the merchant wants one, the way leads straight to setting up another: until then this session is
    half again.
    """
    if (factor := _factor(visit)) is None:
        return _back()
    errors, status = _check(visit, factor)
    if errors:
        return _kept_page(errors, status)
    services().second_factors.remove(visit.account.id)
    services().sessions.end_all(visit.account.id, but=visit.session.id)
    notify_change(visit.account, AccountChange.SECOND_FACTOR_OFF)
    return_path = url_for("account_security.show", done="off")
    return enter_account(
        visit.account,
        opened=visit.session.opened,
        passed=visit.session.passed,
        since=visit.session.started_at,
        return_path=return_path,
    )


def _factor(visit: ClientVisit) -> SecondFactor | None:
    return services().second_factors.get(visit.account.id)


def _check(visit: ClientVisit, factor: SecondFactor) -> tuple[dict[str, str], int]:
    """(what is wrong, the status for it): the password first, so that a code is not used up for nothing."""
    posted = read_form(ConfirmedCodeForm(), request.form)
    if posted.errors:
        return posted.errors, 422
    if (wrong := check_password(visit.account, posted.values["password"])) is not None:
        return _password_errors(wrong), 429 if wrong else 422
    if (wrong := take_code(visit.account, factor, posted.values["code"])) is not None:
        return (
            ({"form": wait_text(wrong)}, 429)
            if wrong
            else ({"code": _("This code is not right, or was used before.")}, 422)
        )
    return {}, 200


def _password_errors(wrong: float) -> dict[str, str]:
    return {"form": wait_text(wrong)} if wrong else {"password": _("This is not your password.")}


def _offer_page(
    visit: ClientVisit, errors: dict[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    offered = offer_for(visit.session, visit.account, visit.merchant_name)
    return make_response(
        render_template("account/security/second_factor_offer.html", offer=offered, errors=errors or {}),
        status,
    )


def _kept_page(errors: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    return make_response(
        render_template("account/security/recovery_codes_kept.html", errors=errors or {}), status
    )


def _back() -> ResponseReturnValue:
    return redirect(url_for("account_security.show"), code=303)
