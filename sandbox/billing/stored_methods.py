"""Replacing and storing cards and bank accounts (zoho.md 7.4)."""

from __future__ import annotations

from sandbox.billing.event_payloads import about_card
from sandbox.billing.events import record_event
from sandbox.world import DataCentre, Organisation, Record, World


def keep_card(
    world: World, centre: DataCentre, organisation: Organisation, customer_id: str, typed: Record
) -> Record:
    """Store a card that was typed on a hosted page."""
    now = world.clock.seconds()
    ours = {
        "card_id": centre.new_id(),
        "customer_id": customer_id,
        "status": "active",
        "created": now,
        "modified": now,
    }
    card: Record = {**ours, **typed}
    organisation.cards[card["card_id"]] = card
    world.touch()
    return card


def replace_card_of(
    world: World, centre: DataCentre, organisation: Organisation, subscription: Record, typed: Record
) -> None:
    """Give the subscription a new card with its own id; the old one is deleted unless another subscription
    uses it.
    """
    old = subscription["card_id"]
    subscription["card_id"] = keep_card(world, centre, organisation, subscription["customer_id"], typed)[
        "card_id"
    ]
    world.stamp(subscription)
    if old in organisation.cards and all(
        item["card_id"] != old for item in organisation.subscriptions.values()
    ):
        record_event(world, organisation, "card_deleted", about_card(organisation.cards.pop(old)))


def replace_stored(world: World, stored: Record, typed: Record) -> None:
    """New digits under the same id, for everything that uses the card or account."""
    stored.update(typed)
    world.stamp(stored)
