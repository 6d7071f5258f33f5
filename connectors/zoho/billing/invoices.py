"""Invoices as Billing lists them: the only link between an invoice and a subscription (zoho.md 4.10, 8)."""

from __future__ import annotations

from connectors.zoho.api.api_client import ApiClient
from connectors.zoho.api.document_fetching import fetch_document, fetch_page
from connectors.zoho.api.fetched import Fetched, Page
from connectors.zoho.api.list_query import ZohoListQuery
from connectors.zoho.billing import operations
from connectors.zoho.documents.billing_invoice import BillingInvoice


class BillingInvoices:
    """All methods raise ZohoError."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    def of_subscription(
        self, subscription_id: str, page: int = 1, per_page: int = 200
    ) -> Page[BillingInvoice]:
        """Rows without lines. A row does not name its subscription: if Zoho ignored the filter, only the
        customer reveals it.

        Raises NotAZohoId for a malformed id, which Zoho would silently ignore as a filter (zoho.md 2.5).
        """
        operations.GET_SUBSCRIPTION.at(subscription_id)
        params = {**ZohoListQuery(page=page, per_page=per_page).params(), "subscription_id": subscription_id}
        return fetch_page(self._api, operations.LIST_INVOICES, "invoices", BillingInvoice.from_zoho, params)

    def get(self, invoice_id: str) -> Fetched[BillingInvoice]:
        """The whole invoice with its lines' plan codes."""
        return fetch_document(
            self._api, operations.GET_INVOICE.at(invoice_id), "invoice", BillingInvoice.from_zoho, invoice_id
        )
