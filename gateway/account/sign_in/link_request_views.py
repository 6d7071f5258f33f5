"""Asking for a link by mail, to a new password or to sign in. The answer is the same whoever the address
belongs to.
"""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.sign_in.single_use_links import LinkKind
from gateway.account.security.forms import EmailLinkForm, EmptyForm
from gateway.account.sign_in.email_links import links_of, request_link
from gateway.web.access import open_to_all
from gateway.web.posted_form import read_form
from gateway.web.wait_text import wait_text

bp = Blueprint("link_requests", __name__)


@bp.get("/by-mail/<link_kind:kind>")
@open_to_all
def ask(kind: LinkKind) -> ResponseReturnValue:
    return _page(kind)


@bp.post("/by-mail/<link_kind:kind>")
@open_to_all
def send(kind: LinkKind) -> ResponseReturnValue:
    posted = read_form(EmailLinkForm(), request.form)
    if posted.errors:
        return _page(kind, str(posted.values.get("email", "")), posted.errors, 422)
    return _ask(kind, posted.values["email"], typed=posted.values["email"])


@bp.get("/by-mail/<link_kind:kind>/sent")
@open_to_all
def sent(kind: LinkKind) -> ResponseReturnValue:
    return render_template("account/sign_in/link_sent.html", kind=kind)


@bp.post("/by-mail/<link_kind:kind>/<secret:secret>/again")
@open_to_all
def again(kind: LinkKind, secret: str) -> ResponseReturnValue:
    """A new link to wherever this one was sent, whatever became of it; who has only the link is not told
    where that is.
    """
    read_form(EmptyForm(), request.form)
    link = links_of(kind).find(secret)
    return (
        _ask(kind, link.subject)
        if link is not None
        else redirect(url_for("link_requests.ask", kind=kind), code=303)
    )


def _ask(kind: LinkKind, email: str, *, typed: str = "") -> ResponseReturnValue:
    if wait := request_link(kind, email):
        return _page(kind, typed, {"form": wait_text(wait)}, 429)
    return redirect(url_for("link_requests.sent", kind=kind), code=303)


def _page(
    kind: LinkKind, email: str = "", errors: dict[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    return make_response(
        render_template("account/sign_in/link_request.html", kind=kind, email=email, errors=errors or {}),
        status,
    )
