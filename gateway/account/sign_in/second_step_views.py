"""The second step of a sign-in. The half session of before opens nothing but these pages, and lives for a
quarter of an hour.
"""

from __future__ import annotations

import structlog
from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.accounts.accounts import ClientAccount
from cache.records.sign_in.sessions import Session
from gateway.account.security.forms import CodeForm
from gateway.account.security.second_factor_setup import confirm, offer_for, take_code
from gateway.account.sign_in.entry import enter_account
from gateway.account.sign_in.opened_accounts import AccountChoice, choices_of
from gateway.web.access import open_to_all
from gateway.web.posted_form import PostedForm, read_form
from gateway.web.return_paths import safe_return_path
from gateway.web.services import services
from gateway.web.sessions import current_session, start_session
from gateway.web.wait_text import wait_text
from gateway.web.wording import _

bp = Blueprint("second_step", __name__)
log = structlog.get_logger()


@bp.get("/sign-in/code")
@open_to_all
def show() -> ResponseReturnValue:
    waiting = _waiting()
    if waiting is None or services().second_factors.get(waiting[1].account.id) is None:
        return _sign_in_first()
    return _code_page(waiting[1], request.args.get("next", ""))


@bp.post("/sign-in/code")
@open_to_all
def verify() -> ResponseReturnValue:
    """A right code makes the whole session out of the half one."""
    waiting, posted = _waiting(), read_form(CodeForm(), request.form)
    factor = services().second_factors.get(waiting[1].account.id) if waiting else None
    if waiting is None or factor is None:
        return _sign_in_first()
    (session, choice), return_path = waiting, str(posted.values.get("next", ""))
    if posted.errors:
        return _code_page(choice, return_path, errors=posted.errors, status=422)
    wrong = take_code(choice.account, factor, posted.values["code"])
    if wrong:
        log.warning("second_step_throttled", org=choice.account.org, account=choice.account.id)
        return _code_page(choice, return_path, errors={"form": wait_text(wrong)}, status=429)
    if wrong is not None:
        log.info("second_step_refused", org=choice.account.org, account=choice.account.id)
        return _code_page(choice, return_path, errors={"code": _wrong_code()}, status=422)
    passed = {**session.passed, choice.account.id: factor.since}
    return enter_account(
        choice.account,
        opened=session.opened,
        passed=passed,
        since=session.started_at,
        return_path=return_path,
    )


@bp.get("/sign-in/second-factor")
@open_to_all
def offer() -> ResponseReturnValue:
    """The merchant wants a second factor, and this person has none yet."""
    waiting = _without_factor()
    return _offer_page(*waiting, request.args.get("next", "")) if waiting else _sign_in_first()


@bp.post("/sign-in/second-factor")
@open_to_all
def set_up() -> ResponseReturnValue:
    waiting, posted = _without_factor(), read_form(CodeForm(), request.form)
    if waiting is None:
        return _sign_in_first()
    (session, choice), return_path = waiting, str(posted.values.get("next", ""))
    made = None if posted.errors else confirm(session, choice.account, posted.values["code"])
    if made is None:
        return _offer_page(session, choice, return_path, errors=_code_errors(posted))
    account: ClientAccount = choice.account
    passed = {**session.passed, account.id: made.factor.since}
    start_session(
        "client", account.id, account.org, opened=session.opened, passed=passed, since=session.started_at
    )
    log.info("signed_in", org=account.org, account=account.id)
    target = safe_return_path(return_path, url_for("dashboard.show"))
    return render_template(
        "account/sign_in/second_step_recovery_codes.html",
        codes=made.codes,
        merchant=choice.merchant,
        target=target,
    )


def _waiting() -> tuple[Session, AccountChoice] | None:
    """The half session and the account it waits for, which must still be what the password opens."""
    session = current_session()
    if session is None or session.kind != "half":
        return None
    choice = next((choice for choice in choices_of(session) if choice.account.id == session.awaiting), None)
    return (session, choice) if choice is not None else None


def _without_factor() -> tuple[Session, AccountChoice] | None:
    """Nobody replaces a factor that stands by coming with a password alone."""
    waiting = _waiting()
    return (
        waiting
        if waiting is not None and services().second_factors.get(waiting[1].account.id) is None
        else None
    )


def _code_page(
    choice: AccountChoice, return_path: str, *, errors: dict[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    return make_response(
        render_template(
            "account/sign_in/second_step_code.html",
            choice=choice,
            return_path=return_path,
            errors=errors or {},
        ),
        status,
    )


def _offer_page(
    session: Session, choice: AccountChoice, return_path: str, *, errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    page = render_template(
        "account/sign_in/second_step_offer.html",
        choice=choice,
        return_path=return_path,
        errors=errors or {},
        offer=offer_for(session, choice.account, choice.merchant),
    )
    return make_response(page, 422 if errors else 200)


def _code_errors(posted: PostedForm) -> dict[str, str]:
    return dict(posted.errors) or {"code": _wrong_code()}


def _wrong_code() -> str:
    return _(
        "This code is not right, or was used before. Please wait for the next one in your app; its "
        "clock must be right."
    )


def _sign_in_first() -> ResponseReturnValue:
    return redirect(url_for("sign_in.show"), code=303)
