"""The link of an invitation: choose a password, and be signed in. Looking at it uses nothing up; the link
works once.
"""

from __future__ import annotations

from dataclasses import replace

import structlog
from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from cache.records.accounts import AccountState, ClientAccount
from cache.records.single_use_links import LinkState
from gateway.access import open_to_all
from gateway.forms.password_choice import PasswordChoiceForm
from gateway.forms.posted_form import read_form
from gateway.languages_chosen import browsers_choice, speak_to
from gateway.portal_look import portal_look
from gateway.signing_in.account_changes import close_links
from gateway.signing_in.entering import let_in
from gateway.signing_in.known_browsers import remember_browser
from gateway.signing_in.opened_accounts import words_about
from gateway.signing_in.passwords import why_unfit
from gateway.wiring import wired

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
        words := why_unfit(posted.values.get("password", ""), about=words_about([account]))
    ):
        errors = {"password": words}
    if errors:
        return _page(account, secret, errors=errors)
    with_password = replace(
        account.with_password(wired().passwords.hash(posted.values["password"])),
        language=browsers_choice() or account.language,
    )
    if not wired().invitations.use(secret):
        return _closed(account, LinkState.USED)
    if not wired().accounts.swap(account, with_password):
        return _closed(None, LinkState.USED)
    wired().sessions.end_all(account.id)
    close_links(account)
    wired().activity.append(account.org, account.id, "invitation_accepted", {"account": account.id})
    remember_browser(account.email)
    log.info("invitation_accepted", org=account.org, account=account.id)
    return let_in([with_password])


def _find(secret: str) -> tuple[ClientAccount | None, LinkState | None]:
    """(whose invitation, in what state); (None, None) for a link nobody was sent. A revoked person's link is
    used up.
    """
    invitation = wired().invitations.look(secret)
    if invitation is None:
        return None, None
    account = wired().accounts.get(invitation.subject)
    if account is None or account.state is AccountState.REVOKED:
        return None, LinkState.USED
    speak_to(account, wired().portal_settings.get(account.org))
    return account, invitation.state


def _page(
    account: ClientAccount, secret: str, *, errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    connection, settings = wired().connections.get(account.org), wired().portal_settings.get(account.org)
    page = render_template(
        "pages/invitations/open.html",
        account=account,
        secret=secret,
        errors=errors or {},
        merchant=settings.name_over(connection.name) if connection else "",
        look=portal_look(settings, connection) if connection else None,
    )
    return make_response(page, 422 if errors else 200)


def _closed(account: ClientAccount | None, state: LinkState | None) -> ResponseReturnValue:
    """Kind pages: used and expired links say what to do next (410), an unknown one does not tell whether it
    ever was (404).
    """
    connection = wired().connections.get(account.org) if account else None
    merchant = wired().portal_settings.get(connection.org).name_over(connection.name) if connection else ""
    page = render_template("pages/invitations/closed.html", state=state, merchant=merchant)
    return make_response(page, 404 if state is None else 410)
