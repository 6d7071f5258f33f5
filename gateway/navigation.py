"""The client menu and the merchant menu."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import current_app

from config.stored_messages import N_
from gateway.document_kinds import DOCUMENT_PAGES
from gateway.reading.subscription_source import subscription_kind
from gateway.web.access import ClientVisit
from gateway.web.modules import page_is_enabled


class MenuEntry(NamedTuple):
    """A menu entry: its target, its label, and the blueprints whose pages highlight it."""

    endpoint: str
    label: str
    blueprints: tuple[str, ...]


def _document_entries() -> Iterator[MenuEntry]:
    placed = [(row.menu, row.blueprint) for row in DOCUMENT_PAGES.values() if row.menu]
    for place, blueprint in sorted(placed, key=lambda entry: entry[0].position):
        yield MenuEntry(f"{blueprint}.listing", place.label, (blueprint, *place.lit_by))


CLIENT_MENU = (
    MenuEntry("dashboard.show", N_("Home"), ("dashboard",)),
    *_document_entries(),
    MenuEntry("requests.listing", N_("Requests"), ("requests",)),
)
PAYMENT_PAGES = (
    MenuEntry("payments.listing", N_("Payments made"), ("payments",)),
    MenuEntry("statements.show", N_("Statement of account"), ("statements",)),
    MenuEntry("credit_notes.listing", N_("Credit notes"), ("credit_notes",)),
)
"""What the one entry "Payments" leads to, as tabs on each of these pages."""

MERCHANT_MENU = (
    MenuEntry("merchant_overview.show", "Overview", ("merchant_overview",)),
    MenuEntry("merchant_inbox.show", "Needs you", ("merchant_inbox",)),
    MenuEntry(
        "merchant_clients.listing",
        "Clients",
        ("merchant_bulk_invitations", "merchant_clients", "merchant_client"),
    ),
    MenuEntry("merchant_requests.listing", "Requests", ("merchant_requests",)),
    MenuEntry("merchant_reviews.listing", "Reviews", ("merchant_reviews",)),
    MenuEntry("merchant_sync.show", "Sync", ("merchant_sync", "merchant_webhooks")),
    MenuEntry(
        "merchant_settings.show",
        "Settings",
        ("merchant_settings", "merchant_branding", "merchant_colleagues"),
    ),
    MenuEntry("merchant_sent_emails.listing", "Letters", ("merchant_sent_emails", "merchant_email_settings")),
)


def client_menu(visit: ClientVisit) -> tuple[MenuEntry, ...]:
    """Leaves out switched-off modules. Subscriptions appears only if the merchant has a source for them;
    Payments links to its first available page.
    """
    return tuple(entry for entry in map(partial(_enabled_entry, visit), CLIENT_MENU) if entry is not None)


def payment_pages(visit: ClientVisit) -> tuple[MenuEntry, ...]:
    """The tabs of the payment pages; empty if there is only one page."""
    there = _payment_pages(visit)
    return there if len(there) > 1 else ()


def has_page(visit: ClientVisit, address: str) -> bool:
    """Whether the page at this portal address is available to the client, i.e. not in a switched-off
    module.
    """
    endpoint, _ = current_app.url_map.bind("").match(urlsplit(address).path)
    return page_is_enabled(visit.settings, endpoint)


def _enabled_entry(visit: ClientVisit, entry: MenuEntry) -> MenuEntry | None:
    if entry.endpoint == PAYMENT_PAGES[0].endpoint:
        there = _payment_pages(visit)
        return entry._replace(endpoint=there[0].endpoint) if there else None
    if not page_is_enabled(visit.settings, entry.endpoint) or (
        entry.endpoint == "subscriptions.listing" and subscription_kind(visit) is None
    ):
        return None
    return entry


def _payment_pages(visit: ClientVisit) -> tuple[MenuEntry, ...]:
    return tuple(page for page in PAYMENT_PAGES if page_is_enabled(visit.settings, page.endpoint))
