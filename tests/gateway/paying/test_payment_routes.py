"""Three honest ways to pay: which is in force, why no better one, and what a single invoice has."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from cache.records.connections.connection import BillingUse, Connection, ConnectionState
from cache.records.portal.portal_settings import PortalSettings
from connectors.zoho.api.scopes import BILLING_PAGES_CREATE, scopes_to_request
from gateway.paying.payment_routes import PaymentRoute, current_route, routes_of
from tests.gateway.sample_documents import an_invoice

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
CONNECTION = Connection(
    org="us-1",
    dc="us",
    organization_id="1",
    name="Harbour Light",
    api_domain="",
    accounts_server="",
    scopes=scopes_to_request(uses_billing=True),
    state=ConnectionState.CONNECTED,
    connected_at=NOW,
    connected_by="ada",
    time_zone="",
    currency="USD",
    billing=BillingUse.FOUND,
    billing_organization_id="1",
    profile_as_of=NOW,
)
WITHOUT = dataclasses.replace(CONNECTION, billing=BillingUse.UNUSED, billing_organization_id="")
ONLINE = an_invoice(gateways=("stripe",), url="https://pay.example/secure?CInvoiceID=2")
BILLING, PAGE, BANK = PaymentRoute.BILLING, PaymentRoute.INVOICE_PAGE, PaymentRoute.BANK


@pytest.mark.parametrize(
    ("wanted", "connection", "invoice", "has"),
    [
        ("auto", CONNECTION, ONLINE, (BILLING, PAGE, BANK)),
        ("auto", WITHOUT, ONLINE, (PAGE, BANK)),
        ("auto", CONNECTION, an_invoice(), (BANK,)),
        ("auto", WITHOUT, dataclasses.replace(ONLINE, url=""), (BANK,)),
        ("invoice_page", CONNECTION, ONLINE, (PAGE, BANK)),
        ("bank", CONNECTION, ONLINE, (BANK,)),
    ],
)
def test_an_invoice_is_paid_by_the_best_way_it_has(
    wanted: str, connection: Connection, invoice: Any, has: tuple[PaymentRoute, ...]
) -> None:
    assert routes_of(invoice, PortalSettings(pay_route=wanted, bank_details="IBAN"), connection, {}) == has


@pytest.mark.parametrize(
    ("settings", "connection", "route", "why"),
    [
        (PortalSettings(), CONNECTION, BILLING, "without an online payment gateway"),
        (PortalSettings(), WITHOUT, PAGE, "You have not said that you use Zoho Billing"),
        (
            PortalSettings(pay_route="billing"),
            dataclasses.replace(
                CONNECTION,
                scopes=tuple(scope for scope in CONNECTION.scopes if scope != BILLING_PAGES_CREATE),
            ),
            PAGE,
            BILLING_PAGES_CREATE,
        ),
        (PortalSettings(pay_route="bank", bank_details="IBAN"), CONNECTION, BANK, ""),
        (PortalSettings(pay_route="bank"), CONNECTION, None, ""),
    ],
)
def test_the_merchant_is_told_which_way_and_why(
    settings: PortalSettings, connection: Connection, route: Any, why: str
) -> None:
    route_status = current_route(settings, connection, {})
    assert route_status.route is route and why in " ".join(route_status.skipped)


def test_without_bank_details_it_says_that_pay_is_not_offered() -> None:
    assert "Pay is not offered" in current_route(PortalSettings(pay_route="bank"), CONNECTION, {}).text
