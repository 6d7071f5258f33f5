"""Recurring invoices: read (FACTS 4.7)."""

from __future__ import annotations

from connectors.zoho.books import operations
from connectors.zoho.books.list_query import ListQuery
from connectors.zoho.books.reading_answers import one_of, only_of_customer, page_of
from connectors.zoho.books.said import Page, Said
from connectors.zoho.documents.recurring_invoice import RecurringInvoice
from connectors.zoho.http_line import ZohoLine


class RecurringInvoices:
    """All methods raise ZohoError."""

    def __init__(self, line: ZohoLine) -> None:
        self._line = line

    def list_page(
        self, page: int = 1, per_page: int = 200, *, customer_id: str = ""
    ) -> Page[RecurringInvoice]:
        params = ListQuery(page=page, per_page=per_page, customer_id=customer_id).params()
        operation, key = operations.LIST_RECURRING_INVOICES, "recurring_invoices"
        found = page_of(self._line, operation, key, RecurringInvoice.from_zoho, params)
        return only_of_customer(self._line, found, customer_id) if customer_id else found

    def get(self, recurring_invoice_id: str) -> Said[RecurringInvoice]:
        call = operations.GET_RECURRING_INVOICE.at(recurring_invoice_id)
        return one_of(self._line, call, "recurring_invoice", RecurringInvoice.from_zoho, recurring_invoice_id)
