"""Invoices as Billing lists them: the only place that ties an invoice to a subscription (FACTS 4.10, 8)."""

from __future__ import annotations

from connectors.zoho.billing import operations
from connectors.zoho.books.list_query import ListQuery
from connectors.zoho.books.reading_answers import one_of, page_of
from connectors.zoho.books.said import Page, Said
from connectors.zoho.documents.billing_invoice import BillingInvoice
from connectors.zoho.http_line import ZohoLine


class BillingInvoices:
    """All methods raise ZohoError."""

    def __init__(self, line: ZohoLine) -> None:
        self._line = line

    def of_subscription(
        self, subscription_id: str, page: int = 1, per_page: int = 200
    ) -> Page[BillingInvoice]:
        """Rows without lines. A row does not name its subscription: if Zoho ignored the filter, only the
        customer tells.

        Raises NotAZohoId for what is no id, before it becomes a filter that Zoho ignores (FACTS 2.5).
        """
        operations.GET_SUBSCRIPTION.at(subscription_id)
        params = {**ListQuery(page=page, per_page=per_page).params(), "subscription_id": subscription_id}
        return page_of(self._line, operations.LIST_INVOICES, "invoices", BillingInvoice.from_zoho, params)

    def get(self, invoice_id: str) -> Said[BillingInvoice]:
        """The whole invoice with the plan codes of its lines."""
        return one_of(
            self._line, operations.GET_INVOICE.at(invoice_id), "invoice", BillingInvoice.from_zoho, invoice_id
        )
