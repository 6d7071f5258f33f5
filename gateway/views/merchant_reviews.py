"""What clients think of the merchant, for the merchant alone."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from cache.records.reviews import STARS, Review
from gateway.access import OrganisationVisit, organisation_only
from gateway.wiring import wired

bp = Blueprint("merchant_reviews", __name__)


@bp.get("/merchant/<org_key:org>/reviews")
@organisation_only
def listing(visit: OrganisationVisit) -> ResponseReturnValue:
    """client: a customer's id; anything else shows all. The average is of what is shown."""
    every = wired().reviews.of_org(visit.org)
    customers = dict(
        sorted(
            {one.customer_id: one.customer_name for one in every}.items(), key=lambda one: one[1].casefold()
        )
    )
    customer = request.args.get("client", "")
    shown = [one for one in every if customer not in customers or one.customer_id == customer]
    counts = Counter(one.stars for one in shown)
    return render_template(
        "pages/merchant/reviews.html",
        reviews=shown,
        average=average(shown),
        counts=[(stars, counts[stars]) for stars in reversed(STARS)],
        customers=customers,
        customer=customer if customer in customers else "",
        are_on=wired().portal_settings.get(visit.org).shows_review,
    )


def average(reviews: list[Review]) -> Decimal | None:
    """Of the stars, to one place; None of no reviews."""
    if not reviews:
        return None
    return (Decimal(sum(one.stars for one in reviews)) / len(reviews)).quantize(Decimal("0.1"), ROUND_HALF_UP)
