"""What the clients of all kinds of documents share: a page of the list, one document, and its PDF."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Generic, Protocol, Self, TypedDict, TypeVar, Unpack

from connectors.zoho.api.api_client import ApiClient
from connectors.zoho.api.api_responses import FetchedPdf
from connectors.zoho.api.document_fetching import WithCustomer, fetch_document, fetch_page, only_of_customer
from connectors.zoho.api.fetched import Fetched, Page
from connectors.zoho.api.list_query import MAX_PER_PAGE, ZohoListQuery
from connectors.zoho.api.operation import Operation


class ListedDocument(WithCustomer, Protocol):
    """A document that is read from a list row or from its detail."""

    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> Self: ...


L = TypeVar("L", bound=ListedDocument)


class ListOptions(TypedDict, total=False):
    """What a page is asked for besides its number; the meanings are those of ZohoListQuery."""

    modified_since: dt.datetime | None
    sort: str
    descending: bool
    customer_id: str


class DocumentClient(Generic[L]):
    """One kind of document. All methods raise ZohoError.

    list_key, key: where an answer holds the rows, and where it holds one document.
    """

    document: type[L]
    list_operation: ClassVar[Operation]
    list_key: ClassVar[str]
    get_operation: ClassVar[Operation]
    key: ClassVar[str]

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    def list_page(
        self, page: int = 1, per_page: int = MAX_PER_PAGE, **options: Unpack[ListOptions]
    ) -> Page[L]:
        """Rows without details. Zoho may ignore modified_since: check that rows are newer (zoho.md 2.6)."""
        return self._fetch_page(ZohoListQuery(page=page, per_page=per_page, **options).params())

    def get(self, document_id: str) -> Fetched[L]:
        """The whole document, always fetched from Zoho."""
        call = self.get_operation.at(document_id)
        return fetch_document(self._api, call, self.key, self.document.from_zoho, document_id)

    def _fetch_page(self, params: dict[str, str]) -> Page[L]:
        """One page of the list; with a customer_id only that customer's rows, also if Zoho ignores it."""
        found = fetch_page(self._api, self.list_operation, self.list_key, self.document.from_zoho, params)
        customer_id = params.get("customer_id", "")
        return only_of_customer(self._api, found, customer_id) if customer_id else found


class PrintedDocumentClient(DocumentClient[L]):
    """One kind of document that Zoho also makes a PDF of."""

    def pdf(self, document_id: str) -> FetchedPdf:
        return self._api.pdf(self.get_operation.at(document_id))
