"""Send a message to the merchant, if the merchant allows it."""

from __future__ import annotations

import secrets

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.portal.contact_limits import ContactMethod
from gateway.contact.forms import MessageForm
from gateway.contact.messages import merchant_addresses, send_message
from gateway.web.access import ClientVisit, client_only
from gateway.web.posted_form import read_form
from gateway.web.services import services

bp = Blueprint("contact_message", __name__)


@bp.get("/contact/mail")
@client_only
def write(visit: ClientVisit) -> ResponseReturnValue:
    """about: subject suggested by the page that links here."""
    _allowed(visit)
    return _page(visit, {"subject": request.args.get("about", "")[:100]})


@bp.post("/contact/mail")
@client_only
def send(visit: ClientVisit) -> ResponseReturnValue:
    """Enqueue the emails and redirect to the contact page. Submitting the form twice sends one message."""
    _allowed(visit)
    posted = read_form(MessageForm(), request.form)
    if "form_key" in posted.errors:
        abort(400)
    typed = {name: request.form.get(name, "") for name in ("subject", "message")}
    if posted.errors:
        return make_response(_page(visit, typed, errors=posted.errors), 422)
    if not merchant_addresses(visit):
        return make_response(_page(visit, typed), 409)
    form_key = posted.values["form_key"]
    if wait := services().contact_limits.take(
        visit.scope.org, visit.account.id, ContactMethod.MAIL, form_key
    ):
        answer = make_response(_page(visit, typed, form_key=form_key, wait=wait), 429)
        answer.headers["Retry-After"] = str(wait)
        return answer
    send_message(
        visit,
        subject=" ".join(posted.values["subject"].split()),
        text=posted.values["message"],
        form_key=form_key,
    )
    return redirect(url_for("contact.show", sent=form_key), code=303)


def _allowed(visit: ClientVisit) -> None:
    """404 when the merchant has switched messages off."""
    if not visit.settings.shows_mail:
        abort(404)


def _page(
    visit: ClientVisit,
    typed: dict[str, str],
    *,
    errors: dict[str, str] | None = None,
    form_key: str = "",
    wait: int = 0,
) -> str:
    return render_template(
        "contact/message.html",
        subject=typed.get("subject", ""),
        message=typed.get("message", ""),
        errors=errors or {},
        wait_minutes=-(-wait // 60),
        form_key=form_key or secrets.token_urlsafe(18),
        can_send=bool(merchant_addresses(visit)),
    )
