"""Signing in by a link instead of the password. Programs that look at links in mails use nothing up: a button
does.
"""

from __future__ import annotations

import structlog
from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from cache.records.single_use_links import LinkKind, LinkState
from gateway.access import open_to_all
from gateway.forms.account_security import NothingForm
from gateway.forms.posted_form import read_form
from gateway.signing_in.entering import let_in
from gateway.signing_in.known_browsers import remember_browser
from gateway.signing_in.mailed_links import Behind, behind, links_of

bp = Blueprint("sign_in_links", __name__)
log = structlog.get_logger()


@bp.get("/sign-in/link/<secret:secret>")
@open_to_all
def show(secret: str) -> ResponseReturnValue:
    found = behind(LinkKind.SIGN_IN, secret)
    if found.state is not LinkState.OPEN:
        return _closed_page(found, secret)
    return render_template("pages/mailed_links/sign_in.html", found=found, secret=secret)


@bp.post("/sign-in/link/<secret:secret>")
@open_to_all
def use(secret: str) -> ResponseReturnValue:
    """Once. A second factor is asked for all the same."""
    read_form(NothingForm(), request.form)
    found = behind(LinkKind.SIGN_IN, secret)
    if found.state is not LinkState.OPEN or not links_of(LinkKind.SIGN_IN).use(secret):
        return _closed_page(behind(LinkKind.SIGN_IN, secret), secret)
    remember_browser(found.email)
    log.info("sign_in_link_used", accounts=len(found.accounts))
    return let_in(found.accounts)


def _closed_page(found: Behind, secret: str) -> ResponseReturnValue:
    page = render_template(
        "pages/mailed_links/closed.html", kind=LinkKind.SIGN_IN, found=found, secret=secret
    )
    return make_response(page, 404 if found.state is None else 410)
