"""The entries of the clients' and the merchants' menus."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import current_app

from config.phrases import marked
from gateway.access import ClientVisit
from gateway.modules import is_there
from gateway.reading.subscription_kind import subscription_kind


class MenuEntry(NamedTuple):
    """A menu entry: where it leads, its word, and the blueprints whose pages it stands for."""

    endpoint: str
    word: str
    blueprints: tuple[str, ...]


CLIENT_MENU = (
    MenuEntry("dashboard.show", marked("Home"), ("dashboard",)),
    MenuEntry("estimates.listing", marked("Estimates"), ("estimates", "estimate_answers")),
    MenuEntry("subscriptions.listing", marked("Subscriptions"), ("subscriptions", "card_replacements")),
    MenuEntry(
        "invoices.listing",
        marked("Invoices"),
        ("invoices", "invoice_credits", "payment_reports", "paying", "pay_several"),
    ),
    MenuEntry("payments.listing", marked("Payments"), ("payments", "credit_notes", "statements")),
    MenuEntry("requests.listing", marked("Requests"), ("requests",)),
)
PAYMENT_PAGES = (
    MenuEntry("payments.listing", marked("Payments made"), ("payments",)),
    MenuEntry("statements.show", marked("Statement of account"), ("statements",)),
    MenuEntry("credit_notes.listing", marked("Credit notes"), ("credit_notes",)),
)
"""What stands behind the one entry "Payments", as tabs on each of these pages."""

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
        "merchant_settings.show", "Settings", ("merchant_settings", "merchant_look", "merchant_colleagues")
    ),
    MenuEntry("merchant_mails.listing", "Letters", ("merchant_mails", "merchant_letters")),
)


def client_menu(visit: ClientVisit) -> tuple[MenuEntry, ...]:
    """Without the modules that the merchant has switched off. Subscriptions only where the merchant has
    something that is one; Payments leads to the first of its pages that is there.
    """
    return tuple(entry for entry in map(partial(_led, visit), CLIENT_MENU) if entry is not None)


def payment_pages(visit: ClientVisit) -> tuple[MenuEntry, ...]:
    """The tabs of the pages about payments; none where there is but one."""
    there = _payment_pages(visit)
    return there if len(there) > 1 else ()


def has_page(visit: ClientVisit, address: str) -> bool:
    """Whether an address of the portal's own is there for this client, or in a module that the merchant has
    switched off.
    """
    endpoint, _ = current_app.url_map.bind("").match(urlsplit(address).path)
    return is_there(visit.settings, endpoint)


def _led(visit: ClientVisit, entry: MenuEntry) -> MenuEntry | None:
    if entry.endpoint == PAYMENT_PAGES[0].endpoint:
        there = _payment_pages(visit)
        return entry._replace(endpoint=there[0].endpoint) if there else None
    if not is_there(visit.settings, entry.endpoint) or (
        entry.endpoint == "subscriptions.listing" and subscription_kind(visit) is None
    ):
        return None
    return entry


def _payment_pages(visit: ClientVisit) -> tuple[MenuEntry, ...]:
    return tuple(page for page in PAYMENT_PAGES if is_there(visit.settings, page.endpoint))
