"""Asking for a link by mail, to a new password or to sign in. The answer is the same whoever the address
belongs to.
"""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.single_use_links import LinkKind
from gateway.access import open_to_all
from gateway.forms.account_security import MailedLinkForm, NothingForm
from gateway.forms.posted_form import read_form
from gateway.signing_in.mailed_links import ask_for_link, links_of
from gateway.wait_words import wait_words

bp = Blueprint("link_requests", __name__)


@bp.get("/by-mail/<link_kind:kind>")
@open_to_all
def ask(kind: LinkKind) -> ResponseReturnValue:
    return _page(kind)


@bp.post("/by-mail/<link_kind:kind>")
@open_to_all
def send(kind: LinkKind) -> ResponseReturnValue:
    posted = read_form(MailedLinkForm(), request.form)
    if posted.errors:
        return _page(kind, str(posted.values.get("email", "")), posted.errors, 422)
    return _ask(kind, posted.values["email"], typed=posted.values["email"])


@bp.get("/by-mail/<link_kind:kind>/sent")
@open_to_all
def sent(kind: LinkKind) -> ResponseReturnValue:
    return render_template("pages/mailed_links/sent.html", kind=kind)


@bp.post("/by-mail/<link_kind:kind>/<secret:secret>/again")
@open_to_all
def again(kind: LinkKind, secret: str) -> ResponseReturnValue:
    """A new link to wherever this one was sent, whatever became of it; who has only the link is not told
    where that is.
    """
    read_form(NothingForm(), request.form)
    link = links_of(kind).look(secret)
    return (
        _ask(kind, link.subject)
        if link is not None
        else redirect(url_for("link_requests.ask", kind=kind), code=303)
    )


def _ask(kind: LinkKind, email: str, *, typed: str = "") -> ResponseReturnValue:
    if wait := ask_for_link(kind, email):
        return _page(kind, typed, {"form": wait_words(wait)}, 429)
    return redirect(url_for("link_requests.sent", kind=kind), code=303)


def _page(
    kind: LinkKind, email: str = "", errors: dict[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    return make_response(
        render_template("pages/mailed_links/ask.html", kind=kind, email=email, errors=errors or {}), status
    )
