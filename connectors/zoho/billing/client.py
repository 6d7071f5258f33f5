"""Zoho Billing of one organisation: one client per kind of document, sharing one API client."""

from __future__ import annotations

from connectors.zoho.api.api_client import ApiClient
from connectors.zoho.billing.customers import BillingCustomers
from connectors.zoho.billing.events import BillingEvents
from connectors.zoho.billing.hosted_pages import HostedPages
from connectors.zoho.billing.invoices import BillingInvoices
from connectors.zoho.billing.subscriptions import Subscriptions


class BillingClient:
    """All calls go to the Billing organisation of `api`."""

    def __init__(self, api: ApiClient) -> None:
        self.org = api.org
        self.subscriptions = Subscriptions(api)
        self.customers = BillingCustomers(api)
        self.invoices = BillingInvoices(api)
        self.hosted_pages = HostedPages(api)
        self.events = BillingEvents(api)
