"""What Harbour Light Studio sells by subscription: products, plans and add-ons, in dollars."""

from __future__ import annotations

from typing import NamedTuple

from sandbox.amounts import Number, exact, json_number, rounded
from sandbox.seed.documents import DocumentMaker
from sandbox.world import Record


class Plan(NamedTuple):
    """One plan; `cycles` is the number of terms, -1 for unlimited, `trial` in days."""

    code: str
    name: str
    product: str
    price: float
    interval: int
    interval_unit: str
    description: str
    cycles: int = -1
    trial: int = 0
    status: str = "active"


CARE, LIBRARY, HOURS = "Studio Care", "Image Library", "Studio Hours"
PLANS = (
    Plan(
        "care-monthly",
        "Hosting and care, monthly",
        CARE,
        149,
        1,
        "months",
        "Hosting, updates and a monthly report",
    ),
    Plan(
        "care-yearly",
        "Hosting and care, yearly",
        CARE,
        1490,
        1,
        "years",
        "The same for a year, two months free",
    ),
    Plan(
        "care-plus",
        "Care Plus",
        CARE,
        320,
        1,
        "months",
        "Care with changes of up to four hours a month",
        trial=14,
    ),
    Plan(
        "library-small",
        "Image library, 50 images",
        LIBRARY,
        59.5,
        1,
        "months",
        "Fifty images a month from our library",
        trial=30,
    ),
    Plan(
        "library-large",
        "Image library, 500 images",
        LIBRARY,
        275,
        3,
        "months",
        "Five hundred images a quarter",
    ),
    Plan(
        "hours-ten", "Ten studio hours", HOURS, 920, 1, "months", "Ten hours of design a month, used or not"
    ),
    Plan(
        "launch-six",
        "Launch support, six months",
        HOURS,
        640,
        1,
        "months",
        "Six months around a launch",
        cycles=6,
    ),
    Plan("podcast", "Podcast studio", HOURS, 410, 1, "months", "No longer sold", status="inactive"),
)
ADDONS = (("extra-site", "Extra site", 35.0), ("analytics", "Analytics report", 20.0))


def add_plans(make: DocumentMaker) -> None:
    """Add the plans to the organisation."""
    products = {name: make.centre.new_id() for name in (CARE, LIBRARY, HOURS)}
    for number, plan in enumerate(PLANS):
        at = make.moment(700 - number)
        make.organisation.plans[plan.code] = {
            "plan_code": plan.code,
            "name": plan.name,
            "product_id": products[plan.product],
            "product_name": plan.product,
            "recurring_price": plan.price,
            "unit": "",
            "interval": plan.interval,
            "interval_unit": plan.interval_unit,
            "billing_cycles": plan.cycles,
            "trial_period": plan.trial,
            "description": plan.description,
            "status": plan.status,
            "addons": [{"code": code, "name": name} for code, name, _ in ADDONS]
            if plan.product == CARE
            else [],
            "created": at,
            "modified": at,
        }


def price_for(make: DocumentMaker, customer: Record, dollars: float) -> Number:
    """A price in the customer's own currency."""
    currency = make.organisation.currencies[customer["currency_code"]]
    precision = currency["price_precision"]
    return json_number(rounded(exact(dollars) / exact(currency["exchange_rate"]), precision), precision)
