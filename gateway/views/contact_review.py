"""The client's review of the merchant, where the merchant allows it: one per person, which may be changed."""

from __future__ import annotations

import secrets

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.reviews import STARS, Review
from cache.records.words_to_merchant import Way
from gateway.access import ClientVisit, client_only
from gateway.forms.posted_form import read_form
from gateway.forms.writing_to_merchant import ReviewForm
from gateway.wiring import wired
from gateway.writing_to_merchant import save_review

bp = Blueprint("contact_review", __name__)


@bp.get("/contact/review")
@client_only
def write(visit: ClientVisit) -> ResponseReturnValue:
    _allowed(visit)
    review = _own(visit)
    return _page(review, {"stars": str(review.stars), "words": review.words} if review else {})


@bp.post("/contact/review")
@client_only
def save(visit: ClientVisit) -> ResponseReturnValue:
    """Kept, and sent to the merchant. What another tab of the same person changed meanwhile is shown, not
    overwritten.
    """
    _allowed(visit)
    posted = read_form(ReviewForm(), request.form)
    if set(posted.errors) & {"form_key", "seen"}:
        abort(400)
    review, typed = _own(visit), {name: request.form.get(name, "") for name in ("stars", "words")}
    if posted.errors:
        return make_response(
            _page(review, typed, errors=posted.errors, seen=request.form.get("seen", "")), 422
        )
    form_key, seen = posted.values["form_key"], posted.values["seen"]
    if wait := wired().words_to_merchant.take(visit.scope.org, visit.account.id, Way.REVIEW, form_key):
        answer = make_response(_page(review, typed, form_key=form_key, wait=wait), 429)
        answer.headers["Retry-After"] = str(wait)
        return answer
    seen_review = review if review is not None and review.mark == seen else None
    said = posted.values
    if not save_review(
        visit, stars=said["stars"], words=said["words"], form_key=form_key, instead_of=seen_review
    ):
        return make_response(_page(_own(visit), typed, has_changed=True), 409)
    return redirect(url_for("contact.show", reviewed=form_key), code=303)


def _allowed(visit: ClientVisit) -> None:
    """The merchant's switch is a wall: what is not offered does not exist."""
    if not visit.settings.shows_review:
        abort(404)


def _own(visit: ClientVisit) -> Review | None:
    return wired().reviews.get(visit.scope.org, visit.account.id)


def _page(
    review: Review | None,
    typed: dict[str, str],
    *,
    errors: dict[str, str] | None = None,
    form_key: str = "",
    wait: int = 0,
    has_changed: bool = False,
    seen: str | None = None,
) -> str:
    mark = review.mark if review else ""
    return render_template(
        "pages/contact_review.html",
        review=review,
        stars=typed.get("stars", ""),
        words=typed.get("words", ""),
        errors=errors or {},
        all_stars=STARS,
        seen=mark if seen is None else seen,
        form_key=form_key or secrets.token_urlsafe(18),
        wait_minutes=-(-wait // 60),
        has_changed=has_changed,
    )
