"""Which way an invoice can be paid, and why no better one: Billing's page, the invoice's own page, or a bank
transfer (FACTS 7.1). Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cache.records.connection import Connection
from cache.records.portal_settings import PortalSettings
from cache.records.refused_scopes import RefusedScope
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.features import without_payment_pages


class PayRoute(StrEnum):
    BILLING = "billing"
    INVOICE_PAGE = "invoice_page"
    BANK = "bank"


WANTED: Mapping[str, tuple[PayRoute, ...]] = {
    "auto": (PayRoute.BILLING, PayRoute.INVOICE_PAGE, PayRoute.BANK),
    "billing": (PayRoute.BILLING, PayRoute.INVOICE_PAGE, PayRoute.BANK),
    "invoice_page": (PayRoute.INVOICE_PAGE, PayRoute.BANK),
    "bank": (PayRoute.BANK,),
}
"""The merchant's choice → the ways that are tried, best first. What an invoice does not have is passed
over.
"""

IN_FORCE: Mapping[PayRoute, str] = {
    PayRoute.BILLING: "Clients pay on Zoho Billing’s payment page and are led back here.",
    PayRoute.INVOICE_PAGE: "Clients pay on the invoice’s own page at Zoho. Zoho does not lead them back; the payment is found by itself.",
    PayRoute.BANK: "Clients see your bank details with the reference to quote, and report the payment, which you confirm.",
}
NO_BANK_DETAILS = "You have given no bank details, so there is no way left: Pay is not offered. Clients may still report payments."
ONLINE_ONLY = "An invoice without an online payment gateway in Zoho is paid by bank."


@dataclass(frozen=True)
class RouteStanding:
    """For the merchant. route: the one in force, None for none. words: what it means. passed_over: sentences,
    why not a better one.
    """

    route: PayRoute | None
    words: str
    passed_over: tuple[str, ...] = ()


def route_in_force(
    settings: PortalSettings, connection: Connection, refused: Mapping[str, RefusedScope]
) -> RouteStanding:
    """Which way the merchant's clients pay now. What a single invoice lacks is not known here."""
    passed_over = []
    for route in WANTED[settings.pay_route]:
        if route is PayRoute.BILLING and (why := without_payment_pages(connection, refused)):
            passed_over.append(f"Not Zoho Billing’s page: {why}")
            continue
        if route is PayRoute.BANK and not settings.bank_details:
            return RouteStanding(None, NO_BANK_DETAILS, tuple(passed_over))
        online = (ONLINE_ONLY,) if route is not PayRoute.BANK else ()
        return RouteStanding(route, IN_FORCE[route], (*passed_over, *online))
    raise ValueError(f"no way of paying is meant by {settings.pay_route}")


def routes_of(
    invoice: Invoice, settings: PortalSettings, connection: Connection, refused: Mapping[str, RefusedScope]
) -> tuple[PayRoute, ...]:
    """The ways for this invoice as it was read whole, best first; whether Billing knows it is found out by
    asking. () for none.
    """
    online = bool(invoice.gateways)
    has = {
        PayRoute.BILLING: online and not without_payment_pages(connection, refused),
        PayRoute.INVOICE_PAGE: online and bool(invoice.url),
        PayRoute.BANK: bool(settings.bank_details),
    }
    return tuple(route for route in WANTED[settings.pay_route] if has[route])


def is_any_way_open(settings: PortalSettings) -> bool:
    """Whether a list, which knows nothing of gateways, may offer Pay at all."""
    return settings.pay_route != PayRoute.BANK or bool(settings.bank_details)
