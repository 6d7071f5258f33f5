"""Credit notes: read (FACTS 4.7)."""

from __future__ import annotations

import datetime as dt

from connectors.zoho.books import operations
from connectors.zoho.books.list_query import ListQuery
from connectors.zoho.books.reading_answers import one_of, only_of_customer, page_of
from connectors.zoho.books.said import Page, Said
from connectors.zoho.documents.credit_note import CreditNote
from connectors.zoho.http_line import ZohoLine
from connectors.zoho.line_answers import PdfAnswer


class CreditNotes:
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
        customer_id: str = "",
    ) -> Page[CreditNote]:
        """Rows without details. modified_since is not documented for credit notes (FACTS 2.6)."""
        query = ListQuery(
            page=page, per_page=per_page, modified_since=modified_since, sort=sort, customer_id=customer_id
        )
        found = page_of(
            self._line, operations.LIST_CREDIT_NOTES, "creditnotes", CreditNote.from_zoho, query.params()
        )
        return only_of_customer(self._line, found, customer_id) if customer_id else found

    def get(self, creditnote_id: str) -> Said[CreditNote]:
        call = operations.GET_CREDIT_NOTE.at(creditnote_id)
        return one_of(self._line, call, "creditnote", CreditNote.from_zoho, creditnote_id)

    def pdf(self, creditnote_id: str) -> PdfAnswer:
        return self._line.pdf(operations.GET_CREDIT_NOTE.at(creditnote_id))
