"""Clients sign in with address and password; everybody signs out here."""

from __future__ import annotations

import structlog
from babel.lists import format_list
from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.accounts import ClientAccount
from config.phrases import marked
from gateway.access import open_to_all
from gateway.forms.posted_form import read_form
from gateway.forms.sign_in import SignInForm
from gateway.sessions import current_session, end_session
from gateway.signing_in.entering import let_in
from gateway.signing_in.known_browsers import browser_known_to, remember_browser
from gateway.signing_in.opened_accounts import accounts_opened, open_portal_of
from gateway.wait_words import wait_words
from gateway.wiring import wired
from gateway.wording import _, page_language

bp = Blueprint("sign_in", __name__)
log = structlog.get_logger()

WRONG = marked("This address and password do not belong together. Please check both.")


@bp.get("/sign-in")
@open_to_all
def show() -> ResponseReturnValue:
    session = current_session()
    if session is not None and session.kind == "client":
        return redirect(url_for("dashboard.show"), code=303)
    return _page(way_back=request.args.get("next", ""))


@bp.post("/sign-in")
@open_to_all
def sign_in() -> ResponseReturnValue:
    """The answer, and the time it takes, are the same for an unknown address and for a wrong password."""
    posted = read_form(SignInForm(), request.form)
    email, way_back = str(posted.values.get("email", "")), str(posted.values.get("next", ""))
    if posted.errors:
        return _page(email=email, way_back=way_back, errors=posted.errors, status=422)
    tries, address, browser = wired().sign_in_tries, request.remote_addr or "", browser_known_to(email)
    wait = tries.take(email, address, browser=browser)
    if wait:
        log.warning("sign_in_throttled")
        return _page(email=email, way_back=way_back, errors={"form": wait_words(wait)}, status=429)
    accounts = accounts_opened(email, posted.values["password"])
    if not accounts:
        log.info("sign_in_refused")
        return _page(email=email, way_back=way_back, errors={"form": _(WRONG)}, status=422)
    tries.give_back(email, address, browser=browser)
    remember_browser(email)
    return _let_in(accounts, email, way_back)


@bp.post("/sign-out")
@open_to_all
def sign_out() -> ResponseReturnValue:
    session = current_session()
    was_merchant = session is not None and session.kind == "merchant"
    end_session()
    return redirect(url_for("merchant_connection.landing" if was_merchant else "sign_in.show"), code=303)


def _let_in(accounts: list[ClientAccount], email: str, way_back: str) -> ResponseReturnValue:
    """An account at a merchant who has disconnected is not offered."""
    offered = [one for one in accounts if open_portal_of(one) is not None]
    if not offered:
        return _page(email=email, way_back=way_back, errors={"form": _closed_words(accounts)}, status=410)
    return let_in(accounts, offered=offered, way_back=way_back)


def _closed_words(accounts: list[ClientAccount]) -> str:
    connections = [one for account in accounts if (one := wired().connections.get(account.org)) is not None]
    known_as = {wired().portal_settings.get(one.org).name_over(one.name) for one in connections}
    names = format_list(sorted(known_as), locale=page_language().code)
    names = names or _("The company you do business with")
    return _(
        "%(merchants)s closed this client portal, so there is nothing to sign in to. Please ask them directly.",
        merchants=names,
    )


def _page(
    *, email: str = "", way_back: str = "", errors: dict[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    return make_response(
        render_template("pages/sign_in.html", email=email, way_back=way_back, errors=errors or {}), status
    )
