"""Clients sign in with address and password; everybody signs out here."""

from __future__ import annotations

import structlog
from babel.lists import format_list
from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.accounts.accounts import ClientAccount
from config.stored_messages import N_
from gateway.account.sign_in.entry import complete_sign_in
from gateway.account.sign_in.forms import SignInForm
from gateway.account.sign_in.known_browsers import browser_known_to, remember_browser
from gateway.account.sign_in.opened_accounts import accounts_with_password, open_portal_of
from gateway.web.access import open_to_all
from gateway.web.posted_form import read_form
from gateway.web.services import services
from gateway.web.sessions import current_session, end_session
from gateway.web.wait_text import wait_text
from gateway.web.wording import _, page_language

bp = Blueprint("sign_in", __name__)
log = structlog.get_logger()

WRONG = N_("This address and password do not belong together. Please check both.")


@bp.get("/sign-in")
@open_to_all
def show() -> ResponseReturnValue:
    session = current_session()
    if session is not None and session.kind == "client":
        return redirect(url_for("dashboard.show"), code=303)
    return _page(return_path=request.args.get("next", ""))


@bp.post("/sign-in")
@open_to_all
def sign_in() -> ResponseReturnValue:
    """The answer, and the time it takes, are the same for an unknown address and for a wrong password."""
    posted = read_form(SignInForm(), request.form)
    email, return_path = str(posted.values.get("email", "")), str(posted.values.get("next", ""))
    if posted.errors:
        return _page(email=email, return_path=return_path, errors=posted.errors, status=422)
    tries, address, browser = services().sign_in_tries, request.remote_addr or "", browser_known_to(email)
    wait = tries.take(email, address, browser=browser)
    if wait:
        log.warning("sign_in_throttled")
        return _page(email=email, return_path=return_path, errors={"form": wait_text(wait)}, status=429)
    accounts = accounts_with_password(email, posted.values["password"])
    if not accounts:
        log.info("sign_in_refused")
        return _page(email=email, return_path=return_path, errors={"form": _(WRONG)}, status=422)
    tries.give_back(email, address, browser=browser)
    remember_browser(email)
    return _offer_accounts(accounts, email, return_path)


@bp.post("/sign-out")
@open_to_all
def sign_out() -> ResponseReturnValue:
    session = current_session()
    was_merchant = session is not None and session.kind == "merchant"
    end_session()
    return redirect(url_for("merchant_connection.landing" if was_merchant else "sign_in.show"), code=303)


def _offer_accounts(accounts: list[ClientAccount], email: str, return_path: str) -> ResponseReturnValue:
    """An account at a merchant who has disconnected is not offered."""
    offered = [account for account in accounts if open_portal_of(account) is not None]
    if not offered:
        return _page(
            email=email, return_path=return_path, errors={"form": _closed_text(accounts)}, status=410
        )
    return complete_sign_in(accounts, offered=offered, return_path=return_path)


def _closed_text(accounts: list[ClientAccount]) -> str:
    connections = [
        one for account in accounts if (one := services().connections.get(account.org)) is not None
    ]
    known_as = {
        services().portal_settings.get(connection.org).displayed_name(connection.name)
        for connection in connections
    }
    names = format_list(sorted(known_as), locale=page_language().code)
    names = names or _("The company you do business with")
    return _(
        "%(merchants)s closed this client portal, so there is nothing to sign in to. "
        "Please ask them directly.",
        merchants=names,
    )


def _page(
    *, email: str = "", return_path: str = "", errors: dict[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    return make_response(
        render_template(
            "account/sign_in/sign_in.html", email=email, return_path=return_path, errors=errors or {}
        ),
        status,
    )
