"""The link of an invitation: choose a password, and be signed in. Looking at it uses nothing up; the link
works once.
"""

from __future__ import annotations

from dataclasses import replace

import structlog
from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from cache.records.accounts.accounts import AccountState, ClientAccount
from cache.records.sign_in.single_use_links import LinkState
from gateway.account.security.account_changes import close_links
from gateway.account.security.passwords import password_problem, passwords
from gateway.account.sign_in.entry import complete_sign_in
from gateway.account.sign_in.known_browsers import remember_browser
from gateway.account.sign_in.opened_accounts import public_terms
from gateway.account.sign_in.password_forms import PasswordChoiceForm
from gateway.web.access import open_to_all
from gateway.web.branding import branding_of
from gateway.web.posted_form import read_form
from gateway.web.request_language import browser_language, use_language_of
from gateway.web.services import services

bp = Blueprint("invitations", __name__)
log = structlog.get_logger()


@bp.get("/invitations/<secret:secret>")
@open_to_all
def show(secret: str) -> ResponseReturnValue:
    account, state = _find(secret)
    return _page(account, secret) if account and state is LinkState.OPEN else _closed(account, state)


@bp.post("/invitations/<secret:secret>")
@open_to_all
def accept(secret: str) -> ResponseReturnValue:
    account, state = _find(secret)
    if account is None or state is not LinkState.OPEN:
        return _closed(account, state)
    posted = read_form(PasswordChoiceForm(), request.form)
    errors = dict(posted.errors)
    if "password" not in errors and (
        words := password_problem(posted.values.get("password", ""), about=public_terms([account]))
    ):
        errors = {"password": words}
    if errors:
        return _page(account, secret, errors=errors)
    with_password = replace(
        account.with_password(passwords().hash(posted.values["password"])),
        language=browser_language() or account.language,
    )
    if not services().invitations.use(secret):
        return _closed(account, LinkState.USED)
    if not services().accounts.swap(account, with_password):
        return _closed(None, LinkState.USED)
    services().sessions.end_all(account.id)
    close_links(account)
    services().activity.append(account.org, account.id, "invitation_accepted", {"account": account.id})
    remember_browser(account.email)
    log.info("invitation_accepted", org=account.org, account=account.id)
    return complete_sign_in([with_password])


def _find(secret: str) -> tuple[ClientAccount | None, LinkState | None]:
    """(whose invitation, in what state); (None, None) for a link nobody was sent. A revoked person's link is
    used up.
    """
    invitation = services().invitations.find(secret)
    if invitation is None:
        return None, None
    account = services().accounts.get(invitation.subject)
    if account is None or account.state is AccountState.REVOKED:
        return None, LinkState.USED
    use_language_of(account, services().portal_settings.get(account.org))
    return account, invitation.state


def _page(
    account: ClientAccount, secret: str, *, errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    connection, settings = (
        services().connections.get(account.org),
        services().portal_settings.get(account.org),
    )
    page = render_template(
        "account/sign_in/invitation.html",
        account=account,
        secret=secret,
        errors=errors or {},
        merchant=settings.displayed_name(connection.name) if connection else "",
        branding=branding_of(settings, connection) if connection else None,
    )
    return make_response(page, 422 if errors else 200)


def _closed(account: ClientAccount | None, state: LinkState | None) -> ResponseReturnValue:
    """Kind pages: used and expired links say what to do next (410), an unknown one does not tell whether it
    ever was (404).
    """
    connection = services().connections.get(account.org) if account else None
    merchant = (
        services().portal_settings.get(connection.org).displayed_name(connection.name) if connection else ""
    )
    page = render_template("account/sign_in/invitation_closed.html", state=state, merchant=merchant)
    return make_response(page, 404 if state is None else 410)
