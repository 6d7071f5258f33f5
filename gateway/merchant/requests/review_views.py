"""What clients think of the merchant, for the merchant alone."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from cache.records.portal.reviews import STARS, Review
from gateway.web.access import OrganisationVisit, organisation_only
from gateway.web.services import services

bp = Blueprint("merchant_reviews", __name__)


@bp.get("/merchant/<org_key:org>/reviews")
@organisation_only
def listing(visit: OrganisationVisit) -> ResponseReturnValue:
    """client: a customer's id; anything else shows all. The average is of what is shown."""
    reviews = services().reviews.of_org(visit.org)
    customers = dict(
        sorted(
            {review.customer_id: review.customer_name for review in reviews}.items(),
            key=lambda one: one[1].casefold(),
        )
    )
    customer = request.args.get("client", "")
    selected = [review for review in reviews if customer not in customers or review.customer_id == customer]
    counts = Counter(item.stars for item in selected)
    return render_template(
        "merchant/requests/reviews.html",
        reviews=selected,
        average=average(selected),
        counts=[(stars, counts[stars]) for stars in reversed(STARS)],
        customers=customers,
        customer=customer if customer in customers else "",
        is_enabled=services().portal_settings.get(visit.org).shows_review,
    )


def average(reviews: list[Review]) -> Decimal | None:
    """Of the stars, to one place; None of no reviews."""
    if not reviews:
        return None
    return (Decimal(sum(review.stars for review in reviews)) / len(reviews)).quantize(
        Decimal("0.1"), ROUND_HALF_UP
    )
