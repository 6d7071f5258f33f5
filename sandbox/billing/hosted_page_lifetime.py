"""Hosted pages: made for one purpose, valid for one hour (zoho.md 4.11)."""

from __future__ import annotations

import secrets

from sandbox.world import Organisation, Record, World

LIFE = 3600
PAY_INVOICE, UPDATE_CARD, UPDATE_METHOD = "invoice_payment", "update_card", "update_payment_method"
ENDED = ("success", "cancelled", "force_cancelled")
"""Final statuses. After a failure one can try again."""


def make_page(
    world: World, organisation: Organisation, action: str, *, redirect_url: str = "", **about: str
) -> Record:
    """A fresh page. about: invoice_id, subscription_id, card_id or account_id."""
    now = world.clock.seconds()
    page: Record = {
        "hostedpage_id": secrets.token_hex(32),
        "status": "fresh",
        "action": action,
        "redirect_url": redirect_url,
        **dict.fromkeys(("invoice_id", "subscription_id", "card_id", "account_id"), ""),
        **about,
        "created": now,
        "expires": now + LIFE,
        "modified": now,
    }
    organisation.hosted_pages[page["hostedpage_id"]] = page
    world.touch()
    return page


def set_status(world: World, page: Record, status: str) -> None:
    """Set a page's result."""
    page["status"] = status
    world.stamp(page)


def is_over(world: World, page: Record) -> bool:
    """Whether its hour has passed. Its status does not tell."""
    return world.clock.seconds() >= int(page["expires"])
