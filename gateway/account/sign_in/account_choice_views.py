"""One address and password, several accounts: which one? Also the way from one to another later, under a new
session.
"""

from __future__ import annotations

import structlog
from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config.stored_messages import N_
from gateway.account.sign_in.account_choice_forms import AccountChoiceForm
from gateway.account.sign_in.entry import enter_account
from gateway.account.sign_in.opened_accounts import AccountChoice, choices_of
from gateway.web.access import open_to_all
from gateway.web.posted_form import read_form
from gateway.web.sessions import current_session
from gateway.web.wording import _

bp = Blueprint("account_choices", __name__)
log = structlog.get_logger()

NOT_OFFERED = N_("This account cannot be opened any more. Please choose one of these, or sign in again.")


@bp.get("/accounts")
@open_to_all
def show() -> ResponseReturnValue:
    """Only what was opened by the password given at this session's sign-in; nobody else has anything to
    choose from.
    """
    choices = choices_of(current_session())
    return _page(choices, return_path=request.args.get("next", "")) if choices else _sign_in_first()


@bp.post("/accounts")
@open_to_all
def choose() -> ResponseReturnValue:
    """A new session for the account chosen, after its own second step if it has one. The one before ends, and
    its lifetime goes on.
    """
    session = current_session()
    choices = choices_of(session)
    if session is None or not choices:
        return _sign_in_first()
    posted = read_form(AccountChoiceForm(), request.form)
    wanted, return_path = str(posted.values.get("account_id", "")), str(posted.values.get("next", ""))
    account = next((choice.account for choice in choices if choice.account.id == wanted), None)
    if account is None:
        return _page(choices, return_path=return_path, error=_(NOT_OFFERED))
    log.info("account_chosen", org=account.org, account=account.id)
    return enter_account(
        account,
        opened=session.opened,
        passed=session.passed,
        since=session.started_at,
        return_path=return_path,
    )


def _page(choices: list[AccountChoice], *, return_path: str, error: str = "") -> ResponseReturnValue:
    page = render_template(
        "account/sign_in/account_choice.html", choices=choices, return_path=return_path, error=error
    )
    return make_response(page, 422 if error else 200)


def _sign_in_first() -> ResponseReturnValue:
    return redirect(url_for("sign_in.show"), code=303)
