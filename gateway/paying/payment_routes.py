"""How an invoice can be paid, and why not in a better way: Billing's page, the invoice's own page, or bank
transfer (zoho.md 7.1). Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cache.records.connections.connection import Connection
from cache.records.connections.refused_scopes import RefusedScope
from cache.records.portal.portal_settings import PortalSettings
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.features import no_payment_pages_reason


class PaymentRoute(StrEnum):
    BILLING = "billing"
    INVOICE_PAGE = "invoice_page"
    BANK = "bank"


ROUTES_BY_SETTING: Mapping[str, tuple[PaymentRoute, ...]] = {
    "auto": (PaymentRoute.BILLING, PaymentRoute.INVOICE_PAGE, PaymentRoute.BANK),
    "billing": (PaymentRoute.BILLING, PaymentRoute.INVOICE_PAGE, PaymentRoute.BANK),
    "invoice_page": (PaymentRoute.INVOICE_PAGE, PaymentRoute.BANK),
    "bank": (PaymentRoute.BANK,),
}
"""The merchant's choice → the ways that are tried, best first. What an invoice does not have is passed
over.
"""

ROUTE_TEXTS: Mapping[PaymentRoute, str] = {
    PaymentRoute.BILLING: "Clients pay on Zoho Billing’s payment page and are led back here.",
    PaymentRoute.INVOICE_PAGE: (
        "Clients pay on the invoice’s own page at Zoho. Zoho does not lead "
        "them back; the payment is found by itself."
    ),
    PaymentRoute.BANK: (
        "Clients see your bank details with the reference to quote, and report the "
        "payment, which you confirm."
    ),
}
NO_BANK_DETAILS_TEXT = (
    "You have given no bank details, so there is no way left: Pay is not offered. "
    "Clients may still report payments."
)
ONLINE_ONLY_TEXT = "An invoice without an online payment gateway in Zoho is paid by bank."


@dataclass(frozen=True)
class RouteStatus:
    """For the merchant. route: the current one, None for none. text: its meaning.
    skipped: why each better route is not used.
    """

    route: PaymentRoute | None
    text: str
    skipped: tuple[str, ...] = ()


def current_route(
    settings: PortalSettings, connection: Connection, refused: Mapping[str, RefusedScope]
) -> RouteStatus:
    """The route the merchant's clients use now, before the limits of a single invoice."""
    skipped = []
    for route in ROUTES_BY_SETTING[settings.pay_route]:
        if route is PaymentRoute.BILLING and (why := no_payment_pages_reason(connection, refused)):
            skipped.append(f"Not Zoho Billing’s page: {why}")
            continue
        if route is PaymentRoute.BANK and not settings.bank_details:
            return RouteStatus(None, NO_BANK_DETAILS_TEXT, tuple(skipped))
        online = (ONLINE_ONLY_TEXT,) if route is not PaymentRoute.BANK else ()
        return RouteStatus(route, ROUTE_TEXTS[route], (*skipped, *online))
    raise ValueError(f"no way of paying is meant by {settings.pay_route}")


def routes_of(
    invoice: Invoice, settings: PortalSettings, connection: Connection, refused: Mapping[str, RefusedScope]
) -> tuple[PaymentRoute, ...]:
    """Routes for a fully fetched invoice, best first; () for none. Only a call to Billing
    tells whether it knows the invoice.
    """
    online = bool(invoice.gateways)
    has = {
        PaymentRoute.BILLING: online and not no_payment_pages_reason(connection, refused),
        PaymentRoute.INVOICE_PAGE: online and bool(invoice.url),
        PaymentRoute.BANK: bool(settings.bank_details),
    }
    return tuple(route for route in ROUTES_BY_SETTING[settings.pay_route] if has[route])


def has_any_route(settings: PortalSettings) -> bool:
    """Whether a list, which has no gateways, may offer Pay at all."""
    return settings.pay_route != PaymentRoute.BANK or bool(settings.bank_details)
