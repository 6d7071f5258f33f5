"""Subscriptions with unpaid invoices, and what changes when they are paid (zoho.md 5.4)."""

from __future__ import annotations

from sandbox.balances import balance_of
from sandbox.billing.event_payloads import about_subscription
from sandbox.billing.events import record_event
from sandbox.world import Organisation, Record, World

OWING = ("dunning", "unpaid")


def subscription_of_invoice(organisation: Organisation, invoice_id: str) -> Record | None:
    """The subscription that an invoice bills."""
    return next(
        (
            subscription
            for subscription in organisation.subscriptions.values()
            if invoice_id in subscription["invoice_ids"]
        ),
        None,
    )


def reactivate_paid(world: World, organisation: Organisation) -> None:
    """dunning or unpaid → live, once none of the subscription's invoices is unpaid."""
    for subscription in organisation.subscriptions.values():
        if subscription["status"] in OWING and not _owes(organisation, subscription):
            subscription["status"] = "live"
            world.stamp(subscription)
            record_event(
                world,
                organisation,
                "subscription_reactivated",
                about_subscription(organisation, subscription),
            )


def _owes(organisation: Organisation, subscription: Record) -> bool:
    billed = (organisation.invoices.get(key) for key in subscription["invoice_ids"])
    return any(
        record is not None and record["status"] != "draft" and balance_of(record) > 0 for record in billed
    )
