"""Invoices, with the payments and credits applied to them (zoho.md 4.5)."""

from __future__ import annotations

from decimal import Decimal
from typing import Unpack

from connectors.zoho.api.document_client import ListOptions, PrintedDocumentClient
from connectors.zoho.api.document_fetching import rows_of
from connectors.zoho.api.fetched import Fetched, Page
from connectors.zoho.api.list_query import MAX_PER_PAGE, ZohoListQuery
from connectors.zoho.books import operations
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.invoice_settlements import AppliedCredit, InvoicePayment

WITH_TOTAL = {"response_option": "1"}
"""Returns rows and their total; only this list of Zoho's supports it (zoho.md 2.5)."""


class Invoices(PrintedDocumentClient[Invoice]):
    """modified_since is documented for invoices (zoho.md 2.6)."""

    document = Invoice
    list_operation, list_key = operations.LIST_INVOICES, "invoices"
    get_operation, key = operations.GET_INVOICE, "invoice"

    def list_page(
        self,
        page: int = 1,
        per_page: int = MAX_PER_PAGE,
        *,
        with_total: bool = False,
        **options: Unpack[ListOptions],
    ) -> Page[Invoice]:
        """Rows without details. with_total: Page.total holds the length of the whole list."""
        query = ZohoListQuery(page=page, per_page=per_page, **options)
        return self._fetch_page(query.params() | (WITH_TOTAL if with_total else {}))

    def of_recurring_invoice(
        self, recurring_invoice_id: str, page: int = 1, per_page: int = MAX_PER_PAGE
    ) -> Page[Invoice]:
        """The invoices made by a recurring invoice. A row does not name it: if Zoho ignored the filter, only
        the customers reveal it (zoho.md 2.5, 8). Raises NotAZohoId.
        """
        operations.GET_RECURRING_INVOICE.at(recurring_invoice_id)
        params = {
            **ZohoListQuery(page=page, per_page=per_page).params(),
            "recurring_invoice_id": recurring_invoice_id,
        }
        return self._fetch_page(params)

    def payments(self, invoice_id: str) -> Fetched[tuple[InvoicePayment, ...]]:
        """Payments applied to this invoice. One unreadable row makes the answer unreadable: a sum must not
        silently lack a part.
        """
        response = self._api.get(operations.LIST_INVOICE_PAYMENTS.at(invoice_id))
        rows = rows_of(self._api, response, "payments")
        return Fetched(
            tuple(InvoicePayment.from_zoho(row, org=self._api.org) for row in rows), response.as_of
        )

    def credits_applied(self, invoice_id: str) -> Fetched[tuple[AppliedCredit, ...]]:
        """Credit notes applied to this invoice: "paid" may come without any payment (zoho.md 9.20)."""
        response = self._api.get(operations.LIST_INVOICE_CREDITS.at(invoice_id))
        rows = rows_of(self._api, response, "credits")
        return Fetched(tuple(AppliedCredit.from_zoho(row, org=self._api.org) for row in rows), response.as_of)

    def used_credit(self, invoice_id: str, *, source: str, credit_id: str) -> Fetched[Decimal]:
        """How much of one credit is applied to the invoice, in its currency. source: credit_note, or payment
        for the unused part of a payment.
        """
        fetched: Fetched[tuple[AppliedCredit, ...]] | Fetched[tuple[InvoicePayment, ...]]
        fetched = self.payments(invoice_id) if source == "payment" else self.credits_applied(invoice_id)
        return Fetched(
            sum((item.amount for item in fetched.value if item.id == credit_id), Decimal(0)), fetched.as_of
        )
