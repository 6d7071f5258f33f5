"""The link of somebody who forgot the password: choose a new one. Looking at the link uses nothing up."""

from __future__ import annotations

import structlog
from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from cache.records.accounts.accounts import AccountState
from cache.records.sign_in.single_use_links import LinkKind, LinkState
from gateway.account.security.account_changes import change_passwords
from gateway.account.security.passwords import password_problem
from gateway.account.sign_in.email_links import LinkTarget, link_target, links_of
from gateway.account.sign_in.entry import complete_sign_in
from gateway.account.sign_in.known_browsers import remember_browser
from gateway.account.sign_in.opened_accounts import public_terms
from gateway.account.sign_in.password_forms import PasswordChoiceForm
from gateway.web.access import open_to_all
from gateway.web.posted_form import read_form
from gateway.web.services import services

bp = Blueprint("password_resets", __name__)
log = structlog.get_logger()


@bp.get("/password/new/<secret:secret>")
@open_to_all
def show(secret: str) -> ResponseReturnValue:
    found = link_target(LinkKind.RESET, secret)
    return _choice_page(found, secret) if found.state is LinkState.OPEN else _closed_page(found, secret)


@bp.post("/password/new/<secret:secret>")
@open_to_all
def choose(secret: str) -> ResponseReturnValue:
    """Every account of the address gets the password; a second factor is asked for all the same."""
    found = link_target(LinkKind.RESET, secret)
    if found.state is not LinkState.OPEN:
        return _closed_page(found, secret)
    posted = read_form(PasswordChoiceForm(), request.form)
    errors = dict(posted.errors)
    if "password" not in errors and (
        words := password_problem(posted.values.get("password", ""), about=public_terms(found.accounts))
    ):
        errors = {"password": words}
    if errors:
        return _choice_page(found, secret, errors)
    if not links_of(LinkKind.RESET).use(secret):
        return _closed_page(link_target(LinkKind.RESET, secret), secret)
    active = [
        account
        for account in services().accounts.by_email(found.email)
        if account.state is AccountState.ACTIVE
    ]
    changed = change_passwords(active, posted.values["password"])
    offered = [item for item in changed if item.id in {account.id for account in found.accounts}]
    if not offered:
        return _closed_page(link_target(LinkKind.RESET, secret), secret)
    remember_browser(found.email)
    log.info("password_reset", accounts=len(changed))
    return complete_sign_in(changed, offered=offered)


def _choice_page(found: LinkTarget, secret: str, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    page = render_template(
        "account/sign_in/new_password.html", found=found, secret=secret, errors=errors or {}
    )
    return make_response(page, 422 if errors else 200)


def _closed_page(found: LinkTarget, secret: str) -> ResponseReturnValue:
    page = render_template(
        "account/sign_in/link_closed.html", kind=LinkKind.RESET, found=found, secret=secret
    )
    return make_response(page, 404 if found.state is None else 410)
