"""Contacts and their contact persons (zoho.md 4.2, 4.3)."""

from __future__ import annotations

import dataclasses
from typing import Unpack

from connectors.zoho.api.document_client import DocumentClient, ListOptions
from connectors.zoho.api.document_fetching import parse_rows, rows_of
from connectors.zoho.api.fetched import Fetched, Page
from connectors.zoho.api.list_query import MAX_PER_PAGE, ZohoListQuery
from connectors.zoho.books import operations
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.contact_person import ContactPerson


class Contacts(DocumentClient[Contact]):
    """Customers; a contact belongs to itself, so the list is not asked for one customer's rows."""

    document = Contact
    list_operation, list_key = operations.LIST_CONTACTS, "contacts"
    get_operation, key = operations.GET_CONTACT, "contact"

    def list_page(
        self, page: int = 1, per_page: int = MAX_PER_PAGE, **options: Unpack[ListOptions]
    ) -> Page[Contact]:
        """Customers only: vendors are filtered by Zoho, and again here in case Zoho ignored the filter
        (zoho.md 2.5).
        """
        query = ZohoListQuery(page=page, per_page=per_page, **options)
        found = self._fetch_page(query.params() | {"contact_type": "customer"})
        return dataclasses.replace(found, rows=tuple(row for row in found.rows if row.kind != "vendor"))

    def get(self, document_id: str) -> Fetched[Contact]:
        """The whole contact with addresses and persons."""
        fetched = super().get(document_id)
        persons = tuple(
            dataclasses.replace(person, contact_id=document_id) for person in fetched.value.persons
        )
        return Fetched(dataclasses.replace(fetched.value, persons=persons), fetched.as_of)

    def persons(self, contact_id: str) -> Fetched[tuple[ContactPerson, ...]]:
        """A customer's contact persons. Unreadable rows are logged and left out."""
        response = self._api.get(operations.LIST_CONTACT_PERSONS.at(contact_id))
        rows, _ = parse_rows(
            self._api, rows_of(self._api, response, "contact_persons"), ContactPerson.from_zoho
        )
        return Fetched(tuple(dataclasses.replace(row, contact_id=contact_id) for row in rows), response.as_of)
