"""An organisation's clients: Books always, Billing if the merchant uses it. Created on first use."""

from __future__ import annotations

from functools import cached_property

from cache.records.connections.call_budget import CallClass
from connectors.zoho.billing.client import BillingClient
from connectors.zoho.books.client import BooksClient
from connectors.zoho.clients import ZohoClients


class OrganisationClients:
    """Raises ZohoAccessLost if the organisation is not connected, ZohoScopeMissing for Billing if it is not
    used.
    """

    def __init__(self, zoho: ZohoClients, org: str, call_class: CallClass = CallClass.SYNC) -> None:
        self._zoho, self._org, self._call_class = zoho, org, call_class

    @cached_property
    def books(self) -> BooksClient:
        return self._zoho.books(self._org, self._call_class)

    @cached_property
    def billing(self) -> BillingClient:
        return self._zoho.billing(self._org, self._call_class)
