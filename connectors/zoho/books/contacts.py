"""Contacts and their contact persons (zoho.md 4.2, 4.3)."""

from __future__ import annotations

import dataclasses
import datetime as dt

from connectors.zoho.api.api_client import ApiClient
from connectors.zoho.api.document_fetching import fetch_document, fetch_page, parse_rows, rows_of
from connectors.zoho.api.fetched import Fetched, Page
from connectors.zoho.api.list_query import ZohoListQuery
from connectors.zoho.books import operations
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.contact_person import ContactPerson


class Contacts:
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
        descending: bool = False,
    ) -> Page[Contact]:
        """Customers only: vendors are filtered by Zoho, and again here in case Zoho ignored the filter
        (zoho.md 2.5).
        """
        query = ZohoListQuery(
            page=page, per_page=per_page, modified_since=modified_since, sort=sort, descending=descending
        )
        params = query.params() | {"contact_type": "customer"}
        found = fetch_page(self._api, operations.LIST_CONTACTS, "contacts", Contact.from_zoho, params)
        return dataclasses.replace(found, rows=tuple(row for row in found.rows if row.kind != "vendor"))

    def get(self, contact_id: str) -> Fetched[Contact]:
        """The whole contact with addresses and persons."""
        fetched = fetch_document(
            self._api, operations.GET_CONTACT.at(contact_id), "contact", Contact.from_zoho, contact_id
        )
        persons = tuple(
            dataclasses.replace(person, contact_id=contact_id) for person in fetched.value.persons
        )
        return Fetched(dataclasses.replace(fetched.value, persons=persons), fetched.as_of)

    def persons(self, contact_id: str) -> Fetched[tuple[ContactPerson, ...]]:
        """A customer's contact persons. Unreadable rows are logged and left out."""
        response = self._api.get(operations.LIST_CONTACT_PERSONS.at(contact_id))
        rows, _ = parse_rows(
            self._api, rows_of(self._api, response, "contact_persons"), ContactPerson.from_zoho
        )
        return Fetched(tuple(dataclasses.replace(row, contact_id=contact_id) for row in rows), response.as_of)
