"""The merchant's own contact details, as Zoho has them, and the ways to write to them."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from cache.records.words_to_merchant import Way
from gateway.access import ClientVisit, client_only
from gateway.merchant.merchant_details import profile_of
from gateway.wiring import wired

bp = Blueprint("contact", __name__)


@bp.get("/contact")
@client_only
def show(visit: ClientVisit) -> ResponseReturnValue:
    """sent, reviewed: the key of a form that this person has just sent; anything else is confirmed to
    nobody.
    """
    return render_template(
        "pages/contact.html",
        merchant=profile_of(visit.connection),
        said_at=visit.connection.profile_said_at,
        was_sent=_was_taken(visit, Way.MAIL, "sent"),
        was_reviewed=_was_taken(visit, Way.REVIEW, "reviewed"),
        review=wired().reviews.get(visit.scope.org, visit.account.id)
        if visit.settings.shows_review
        else None,
    )


def _was_taken(visit: ClientVisit, way: Way, name: str) -> bool:
    form_key = request.args.get(name, "")
    return bool(form_key) and wired().words_to_merchant.were_taken(
        visit.scope.org, visit.account.id, way, form_key
    )
