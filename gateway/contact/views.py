"""The merchant's contact details from Zoho, and the ways to reach them."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from cache.records.portal.contact_limits import ContactMethod
from gateway.reading.organisation_details import organisation_profile
from gateway.web.access import ClientVisit, client_only
from gateway.web.services import services

bp = Blueprint("contact", __name__)


@bp.get("/contact")
@client_only
def show(visit: ClientVisit) -> ResponseReturnValue:
    """sent, reviewed: key of the form just submitted. Only the person who submitted it
    gets the confirmation.
    """
    return render_template(
        "contact/contact.html",
        merchant=organisation_profile(visit.connection),
        as_of=visit.connection.profile_as_of,
        was_sent=_was_taken(visit, ContactMethod.MAIL, "sent"),
        was_reviewed=_was_taken(visit, ContactMethod.REVIEW, "reviewed"),
        review=services().reviews.get(visit.scope.org, visit.account.id)
        if visit.settings.shows_review
        else None,
    )


def _was_taken(visit: ClientVisit, method: ContactMethod, name: str) -> bool:
    form_key = request.args.get(name, "")
    return bool(form_key) and services().contact_limits.was_taken(
        visit.scope.org, visit.account.id, method, form_key
    )
