"""Invoices: read, with what was paid and credited on them (FACTS 4.5)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from connectors.zoho.books import operations
from connectors.zoho.books.list_query import ListQuery
from connectors.zoho.books.reading_answers import one_of, only_of_customer, page_of, rows_of
from connectors.zoho.books.said import Page, Said
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.invoice_settlements import AppliedCredit, InvoicePayment
from connectors.zoho.http_line import ZohoLine
from connectors.zoho.line_answers import PdfAnswer

WITH_NUMBER = {"response_option": "1"}
"""The rows and how many there are: the only list of Zoho's that can tell (FACTS 2.5)."""


class Invoices:
    """All methods raise ZohoError."""

    def __init__(self, line: ZohoLine) -> None:
        self._line = line

    def list_page(
        self,
        page: int = 1,
        per_page: int = 200,
        *,
        modified_since: dt.datetime | None = None,
        sort: str = "",
        descending: bool = False,
        customer_id: str = "",
        asks_total: bool = False,
    ) -> Page[Invoice]:
        """Rows without details. modified_since is documented for invoices. asks_total: Page.total tells how
        many there are in all.
        """
        query = ListQuery(
            page=page,
            per_page=per_page,
            modified_since=modified_since,
            sort=sort,
            descending=descending,
            customer_id=customer_id,
        )
        params = query.params() | (WITH_NUMBER if asks_total else {})
        found = page_of(self._line, operations.LIST_INVOICES, "invoices", Invoice.from_zoho, params)
        return only_of_customer(self._line, found, customer_id) if customer_id else found

    def of_recurring_invoice(
        self, recurring_invoice_id: str, page: int = 1, per_page: int = 200
    ) -> Page[Invoice]:
        """Rows of the invoices that a recurring invoice has made. A row does not name it: if Zoho ignored the
        filter, only the customers tell (FACTS 2.5, 8). Raises NotAZohoId.
        """
        operations.GET_RECURRING_INVOICE.at(recurring_invoice_id)
        params = {
            **ListQuery(page=page, per_page=per_page).params(),
            "recurring_invoice_id": recurring_invoice_id,
        }
        return page_of(self._line, operations.LIST_INVOICES, "invoices", Invoice.from_zoho, params)

    def get(self, invoice_id: str) -> Said[Invoice]:
        """The whole invoice, always asked anew."""
        return one_of(
            self._line, operations.GET_INVOICE.at(invoice_id), "invoice", Invoice.from_zoho, invoice_id
        )

    def pdf(self, invoice_id: str) -> PdfAnswer:
        return self._line.pdf(operations.GET_INVOICE.at(invoice_id))

    def payments(self, invoice_id: str) -> Said[tuple[InvoicePayment, ...]]:
        """What was paid on this invoice. One unreadable row spoils the answer: a sum must not silently lack a
        part.
        """
        answer = self._line.get(operations.LIST_INVOICE_PAYMENTS.at(invoice_id))
        rows = rows_of(self._line, answer, "payments")
        return Said(tuple(InvoicePayment.from_zoho(row, org=self._line.org) for row in rows), answer.said_at)

    def credits_applied(self, invoice_id: str) -> Said[tuple[AppliedCredit, ...]]:
        """Credit notes used on this invoice: "paid" may come with no payment at all (FACTS 9.20)."""
        answer = self._line.get(operations.LIST_INVOICE_CREDITS.at(invoice_id))
        rows = rows_of(self._line, answer, "credits")
        return Said(tuple(AppliedCredit.from_zoho(row, org=self._line.org) for row in rows), answer.said_at)

    def used_credit(self, invoice_id: str, *, source: str, credit_id: str) -> Said[Decimal]:
        """How much of one credit stands on the invoice, in its currency. source: credit_note, or payment for
        what is left of one.
        """
        said: Said[tuple[AppliedCredit, ...]] | Said[tuple[InvoicePayment, ...]]
        said = self.payments(invoice_id) if source == "payment" else self.credits_applied(invoice_id)
        return Said(sum((one.amount for one in said.value if one.id == credit_id), Decimal(0)), said.said_at)
