"""Signing in by a link instead of the password. Programs that look at links in mails use nothing up: a button
does.
"""

from __future__ import annotations

import structlog
from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from cache.records.sign_in.single_use_links import LinkKind, LinkState
from gateway.account.security.forms import EmptyForm
from gateway.account.sign_in.email_links import LinkTarget, link_target, links_of
from gateway.account.sign_in.entry import complete_sign_in
from gateway.account.sign_in.known_browsers import remember_browser
from gateway.web.access import open_to_all
from gateway.web.posted_form import read_form

bp = Blueprint("sign_in_links", __name__)
log = structlog.get_logger()


@bp.get("/sign-in/link/<secret:secret>")
@open_to_all
def show(secret: str) -> ResponseReturnValue:
    found = link_target(LinkKind.SIGN_IN, secret)
    if found.state is not LinkState.OPEN:
        return _closed_page(found, secret)
    return render_template("account/sign_in/link_sign_in.html", found=found, secret=secret)


@bp.post("/sign-in/link/<secret:secret>")
@open_to_all
def use(secret: str) -> ResponseReturnValue:
    """Once. A second factor is asked for all the same."""
    read_form(EmptyForm(), request.form)
    found = link_target(LinkKind.SIGN_IN, secret)
    if found.state is not LinkState.OPEN or not links_of(LinkKind.SIGN_IN).use(secret):
        return _closed_page(link_target(LinkKind.SIGN_IN, secret), secret)
    remember_browser(found.email)
    log.info("sign_in_link_used", accounts=len(found.accounts))
    return complete_sign_in(found.accounts)


def _closed_page(found: LinkTarget, secret: str) -> ResponseReturnValue:
    page = render_template(
        "account/sign_in/link_closed.html", kind=LinkKind.SIGN_IN, found=found, secret=secret
    )
    return make_response(page, 404 if found.state is None else 410)
