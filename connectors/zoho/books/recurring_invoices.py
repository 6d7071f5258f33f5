"""Recurring invoices: read (zoho.md 4.7)."""

from __future__ import annotations

from connectors.zoho.api.api_client import ApiClient
from connectors.zoho.api.document_fetching import fetch_document, fetch_page, only_of_customer
from connectors.zoho.api.fetched import Fetched, Page
from connectors.zoho.api.list_query import ZohoListQuery
from connectors.zoho.books import operations
from connectors.zoho.documents.recurring_invoice import RecurringInvoice


class RecurringInvoices:
    """All methods raise ZohoError."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    def list_page(
        self, page: int = 1, per_page: int = 200, *, customer_id: str = ""
    ) -> Page[RecurringInvoice]:
        params = ZohoListQuery(page=page, per_page=per_page, customer_id=customer_id).params()
        operation, key = operations.LIST_RECURRING_INVOICES, "recurring_invoices"
        found = fetch_page(self._api, operation, key, RecurringInvoice.from_zoho, params)
        return only_of_customer(self._api, found, customer_id) if customer_id else found

    def get(self, recurring_invoice_id: str) -> Fetched[RecurringInvoice]:
        call = operations.GET_RECURRING_INVOICE.at(recurring_invoice_id)
        return fetch_document(
            self._api, call, "recurring_invoice", RecurringInvoice.from_zoho, recurring_invoice_id
        )
