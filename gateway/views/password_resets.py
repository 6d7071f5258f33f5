"""The link of somebody who forgot the password: choose a new one. Looking at the link uses nothing up."""

from __future__ import annotations

import structlog
from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from cache.records.accounts import AccountState
from cache.records.single_use_links import LinkKind, LinkState
from gateway.access import open_to_all
from gateway.forms.password_choice import PasswordChoiceForm
from gateway.forms.posted_form import read_form
from gateway.signing_in.account_changes import change_passwords
from gateway.signing_in.entering import let_in
from gateway.signing_in.known_browsers import remember_browser
from gateway.signing_in.mailed_links import Behind, behind, links_of
from gateway.signing_in.opened_accounts import words_about
from gateway.signing_in.passwords import why_unfit
from gateway.wiring import wired

bp = Blueprint("password_resets", __name__)
log = structlog.get_logger()


@bp.get("/password/new/<secret:secret>")
@open_to_all
def show(secret: str) -> ResponseReturnValue:
    found = behind(LinkKind.RESET, secret)
    return _choice_page(found, secret) if found.state is LinkState.OPEN else _closed_page(found, secret)


@bp.post("/password/new/<secret:secret>")
@open_to_all
def choose(secret: str) -> ResponseReturnValue:
    """Every account of the address gets the password; a second factor is asked for all the same."""
    found = behind(LinkKind.RESET, secret)
    if found.state is not LinkState.OPEN:
        return _closed_page(found, secret)
    posted = read_form(PasswordChoiceForm(), request.form)
    errors = dict(posted.errors)
    if "password" not in errors and (
        words := why_unfit(posted.values.get("password", ""), about=words_about(found.accounts))
    ):
        errors = {"password": words}
    if errors:
        return _choice_page(found, secret, errors)
    if not links_of(LinkKind.RESET).use(secret):
        return _closed_page(behind(LinkKind.RESET, secret), secret)
    active = [one for one in wired().accounts.by_email(found.email) if one.state is AccountState.ACTIVE]
    changed = change_passwords(active, posted.values["password"])
    offered = [one for one in changed if one.id in {account.id for account in found.accounts}]
    if not offered:
        return _closed_page(behind(LinkKind.RESET, secret), secret)
    remember_browser(found.email)
    log.info("password_reset", accounts=len(changed))
    return let_in(changed, offered=offered)


def _choice_page(found: Behind, secret: str, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    page = render_template(
        "pages/mailed_links/new_password.html", found=found, secret=secret, errors=errors or {}
    )
    return make_response(page, 422 if errors else 200)


def _closed_page(found: Behind, secret: str) -> ResponseReturnValue:
    page = render_template("pages/mailed_links/closed.html", kind=LinkKind.RESET, found=found, secret=secret)
    return make_response(page, 404 if found.state is None else 410)
