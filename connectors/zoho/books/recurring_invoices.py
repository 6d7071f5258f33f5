"""Recurring invoices: read (zoho.md 4.7)."""

from __future__ import annotations

from connectors.zoho.api.document_client import DocumentClient
from connectors.zoho.books import operations
from connectors.zoho.documents.recurring_invoice import RecurringInvoice


class RecurringInvoices(DocumentClient[RecurringInvoice]):
    """No filter by modification time is documented for them (zoho.md 2.6)."""

    document = RecurringInvoice
    list_operation, list_key = operations.LIST_RECURRING_INVOICES, "recurring_invoices"
    get_operation, key = operations.GET_RECURRING_INVOICE, "recurring_invoice"
