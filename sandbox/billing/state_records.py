"""Billing's records for the control API: in Zoho's JSON, with the sandbox's own fields."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.billing.customer_records import bank_account_detail, card_row
from sandbox.billing.events_feed import event_detail
from sandbox.billing.hosted_page_records import read_page
from sandbox.billing.subscription_records import plan_row, subscription_detail
from sandbox.world import Organisation, Record


def billing_writers(
    organisation: Organisation, today: str, origin: str
) -> dict[str, Callable[[Record], Record]]:
    """Kind → how to write one of its records."""
    own = ("redirect_url", "invoice_id", "subscription_id", "card_id", "account_id")
    return {
        "plans": lambda one: plan_row(organisation, one),
        "subscriptions": lambda one: (
            subscription_detail(organisation, one) | {"invoice_ids": one["invoice_ids"]}
        ),
        "cards": lambda one: card_row(organisation, one),
        "bank_accounts": lambda one: bank_account_detail(organisation, one),
        "hosted_pages": lambda one: (
            read_page(organisation, one, today, origin) | {name: one[name] for name in own}
        ),
        "bank_debits": dict,
        "billing_events": lambda one: event_detail(organisation, one),
    }
