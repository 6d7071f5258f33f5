"""Credit notes: read (zoho.md 4.7)."""

from __future__ import annotations

import datetime as dt

from connectors.zoho.api.api_client import ApiClient
from connectors.zoho.api.api_responses import FetchedPdf
from connectors.zoho.api.document_fetching import fetch_document, fetch_page, only_of_customer
from connectors.zoho.api.fetched import Fetched, Page
from connectors.zoho.api.list_query import ZohoListQuery
from connectors.zoho.books import operations
from connectors.zoho.documents.credit_note import CreditNote


class CreditNotes:
    """All methods raise ZohoError."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    def list_page(
        self,
        page: int = 1,
        per_page: int = 200,
        *,
        modified_since: dt.datetime | None = None,
        sort: str = "",
        customer_id: str = "",
    ) -> Page[CreditNote]:
        """Rows without details. modified_since is not documented for credit notes (zoho.md 2.6)."""
        query = ZohoListQuery(
            page=page, per_page=per_page, modified_since=modified_since, sort=sort, customer_id=customer_id
        )
        found = fetch_page(
            self._api, operations.LIST_CREDIT_NOTES, "creditnotes", CreditNote.from_zoho, query.params()
        )
        return only_of_customer(self._api, found, customer_id) if customer_id else found

    def get(self, creditnote_id: str) -> Fetched[CreditNote]:
        call = operations.GET_CREDIT_NOTE.at(creditnote_id)
        return fetch_document(self._api, call, "creditnote", CreditNote.from_zoho, creditnote_id)

    def pdf(self, creditnote_id: str) -> FetchedPdf:
        return self._api.pdf(operations.GET_CREDIT_NOTE.at(creditnote_id))
