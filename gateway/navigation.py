"""The entries of the clients' and the merchants' menus."""

from __future__ import annotations

from typing import NamedTuple

from config.settings import Settings
from gateway.access import ClientVisit
from gateway.subscription_kind import subscription_kind


class Entry(NamedTuple):
    """A menu entry: where it leads, its word, and the blueprints whose pages it stands for."""

    endpoint: str
    word: str
    blueprints: tuple[str, ...]


CLIENT_MENU = (
    Entry("dashboard.show", "Home", ("dashboard",)),
    Entry("estimates.listing", "Estimates", ("estimates", "estimate_answers")),
    Entry("subscriptions.listing", "Subscriptions", ("subscriptions",)),
    Entry("invoices.listing", "Invoices", ("invoices",)),
    Entry("payments.listing", "Payments", ("payments",)),
    Entry("requests.listing", "Requests", ("requests",)),
)

MERCHANT_MENU = (
    Entry("merchant_overview.show", "Overview", ("merchant_overview",)),
    Entry("merchant_clients.listing", "Clients", ("merchant_clients",)),
    Entry("merchant_requests.listing", "Requests", ("merchant_requests",)),
    Entry("merchant_reviews.listing", "Reviews", ("merchant_reviews",)),
    Entry("merchant_sync.show", "Sync", ("merchant_sync", "merchant_webhooks")),
    Entry("merchant_settings.show", "Settings", ("merchant_settings",)),
)
LETTERS = Entry("merchant_mails.listing", "Letters", ("merchant_mails",))


def client_menu(visit: ClientVisit) -> tuple[Entry, ...]:
    """Subscriptions only where the merchant has something that is one."""
    if subscription_kind(visit) is not None:
        return CLIENT_MENU
    return tuple(entry for entry in CLIENT_MENU if entry.endpoint != "subscriptions.listing")


def merchant_menu(settings: Settings) -> tuple[Entry, ...]:
    """The pages inside an organisation; the letters only where they go into a folder instead of to people."""
    return (*MERCHANT_MENU, LETTERS) if shows_letters(settings) else MERCHANT_MENU


def shows_letters(settings: Settings) -> bool:
    return settings.mail_delivery == "folder" and not settings.is_production
