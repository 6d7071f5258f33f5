"""A client's review of the merchant, if the merchant allows it: one per person, editable."""

from __future__ import annotations

import secrets

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.portal.contact_limits import ContactMethod
from cache.records.portal.reviews import STARS, Review
from gateway.contact.forms import ReviewForm
from gateway.contact.messages import save_review
from gateway.web.access import ClientVisit, client_only
from gateway.web.posted_form import read_form
from gateway.web.services import services

bp = Blueprint("contact_review", __name__)


@bp.get("/contact/review")
@client_only
def write(visit: ClientVisit) -> ResponseReturnValue:
    _allowed(visit)
    review = _own_review(visit)
    return _page(review, {"stars": str(review.stars), "words": review.text} if review else {})


@bp.post("/contact/review")
@client_only
def save(visit: ClientVisit) -> ResponseReturnValue:
    """Save the review and email it to the merchant. Changes from another tab are shown, never overwritten."""
    _allowed(visit)
    posted = read_form(ReviewForm(), request.form)
    if set(posted.errors) & {"form_key", "seen"}:
        abort(400)
    review, typed = _own_review(visit), {name: request.form.get(name, "") for name in ("stars", "words")}
    if posted.errors:
        return make_response(
            _page(review, {**typed, "seen": request.form.get("seen", "")}, errors=posted.errors), 422
        )
    form_key, seen = posted.values["form_key"], posted.values["seen"]
    if wait := services().contact_limits.take(
        visit.scope.org, visit.account.id, ContactMethod.REVIEW, form_key
    ):
        answer = make_response(_page(review, typed, form_key=form_key, wait=wait), 429)
        answer.headers["Retry-After"] = str(wait)
        return answer
    seen_review = review if review is not None and review.version == seen else None
    values = posted.values
    if not save_review(
        visit, stars=values["stars"], text=values["words"], form_key=form_key, instead_of=seen_review
    ):
        return make_response(_page(_own_review(visit), typed, has_changed=True), 409)
    return redirect(url_for("contact.show", reviewed=form_key), code=303)


def _allowed(visit: ClientVisit) -> None:
    """404 when the merchant has switched reviews off."""
    if not visit.settings.shows_review:
        abort(404)


def _own_review(visit: ClientVisit) -> Review | None:
    return services().reviews.get(visit.scope.org, visit.account.id)


def _page(
    review: Review | None,
    typed: dict[str, str],
    *,
    errors: dict[str, str] | None = None,
    form_key: str = "",
    wait: int = 0,
    has_changed: bool = False,
) -> str:
    """seen: version of the review that the form is based on; the current one unless it was posted."""
    return render_template(
        "contact/review.html",
        review=review,
        stars=typed.get("stars", ""),
        words=typed.get("words", ""),
        errors=errors or {},
        all_stars=STARS,
        seen=typed.get("seen", review.version if review else ""),
        form_key=form_key or secrets.token_urlsafe(18),
        wait_minutes=-(-wait // 60),
        has_changed=has_changed,
    )
