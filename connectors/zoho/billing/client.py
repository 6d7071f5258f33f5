"""Zoho Billing of one organisation: one client per kind of document, over one line."""

from __future__ import annotations

from connectors.zoho.billing.customers import BillingCustomers
from connectors.zoho.billing.events import BillingEvents
from connectors.zoho.billing.hosted_pages import HostedPages
from connectors.zoho.billing.invoices import BillingInvoices
from connectors.zoho.billing.subscriptions import Subscriptions
from connectors.zoho.http_line import ZohoLine


class BillingClient:
    """All calls go to the Billing organisation of `line`."""

    def __init__(self, line: ZohoLine) -> None:
        self.org = line.org
        self.subscriptions = Subscriptions(line)
        self.customers = BillingCustomers(line)
        self.invoices = BillingInvoices(line)
        self.hosted_pages = HostedPages(line)
        self.events = BillingEvents(line)
