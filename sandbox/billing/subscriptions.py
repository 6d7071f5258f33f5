"""`/subscriptions` and `/plans` (zoho.md 4.8)."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, request

from sandbox.billing.blueprint import billing
from sandbox.billing.listing import BillingList, Test, page_of
from sandbox.billing.subscription_records import plan_row, subscription_detail, subscription_row
from sandbox.books.caller import Call, needs
from sandbox.books.envelope import success
from sandbox.refusals import not_found
from sandbox.world import Record

STATUSES = (
    "live",
    "future",
    "trial",
    "unpaid",
    "non_renewing",
    "cancelled_from_dunning",
    "cancelled",
    "expired",
    "trial_expired",
)
ACTIVE = ("live", "trial", "dunning", "non_renewing")


@billing.get("/subscriptions")
@needs("subscriptions.READ")
def list_subscriptions(call: Call) -> Response:
    """`customer_id`, `reference_contains` and `filter_by`; no filter by modification time (zoho.md 2.6)."""
    today = call.world.today(call.organisation)
    this_month = today.isoformat()[:7]
    last_month = (today.replace(day=1) - timedelta(days=1)).isoformat()[:7]
    listed = BillingList(
        kind="subscriptions",
        key="subscriptions",
        report_name="Subscriptions",
        filters={
            "customer_id": lambda one, value: bool(one["customer_id"] == value),
            "reference_contains": lambda one, value: value.casefold() in one["reference_id"].casefold(),
        },
        groups={
            "SubscriptionStatus": _in_status(
                {"cancelled_this_month": this_month, "cancelled_last_month": last_month}
            ),
            "SubscriptionMode": lambda one, name: bool(one["auto_collect"]) == (name == "online"),
        },
        known={
            "SubscriptionStatus": (
                *STATUSES,
                "all",
                "active",
                "past_due",
                "cancelled_this_month",
                "cancelled_last_month",
            ),
            "SubscriptionMode": ("online", "offline"),
        },
    )
    records = call.organisation.subscriptions.values()
    return success(
        **page_of(
            call.organisation,
            listed,
            records,
            request.args,
            lambda one: subscription_row(call.organisation, one),
        )
    )


@billing.get("/subscriptions/<subscription_id>")
@needs("subscriptions.READ")
def get_subscription(call: Call, subscription_id: str) -> Response:
    return success(
        subscription=subscription_detail(call.organisation, subscription_of(call, subscription_id))
    )


@billing.get("/plans")
@needs("plans.READ")
def list_plans(call: Call) -> Response:
    """By status and product; without a filter the inactive ones too."""
    listed = BillingList(
        kind="plans",
        key="plans",
        report_name="Plans",
        filters={"product_id": lambda one, value: bool(one["product_id"] == value)},
        groups={"PlanStatus": lambda one, name: name in ("all", one["status"])},
        known={"PlanStatus": ("all", "active", "inactive")},
    )
    records = call.organisation.plans.values()
    return success(
        **page_of(
            call.organisation, listed, records, request.args, lambda one: plan_row(call.organisation, one)
        )
    )


def subscription_of(call: Call, subscription_id: str) -> Record:
    """The subscription, or Refused 1002."""
    if subscription_id not in call.organisation.subscriptions:
        raise not_found()
    return call.organisation.subscriptions[subscription_id]


def _in_status(cancelled_in: dict[str, str]) -> Test:
    """cancelled_in: name of the filter → month (yyyy-mm) in which a subscription ended."""

    def test(one: Record, name: str) -> bool:
        status = one["status"]
        if name in cancelled_in:
            return (
                status in ("cancelled", "cancelled_from_dunning")
                and one["cancelled_at"][:7] == cancelled_in[name]
            )
        return (
            name in ("all", status)
            or (name == "active" and status in ACTIVE)
            or (name == "past_due" and status == "dunning")
        )

    return test
