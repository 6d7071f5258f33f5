"""Contacts and their contact persons (FACTS 4.2, 4.3)."""

from __future__ import annotations

import dataclasses
import datetime as dt

from connectors.zoho.books import operations
from connectors.zoho.books.list_query import ListQuery
from connectors.zoho.books.reading_answers import one_of, page_of, read_each, rows_of
from connectors.zoho.books.said import Page, Said
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.contact_person import ContactPerson
from connectors.zoho.http_line import ZohoLine


class Contacts:
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
    ) -> Page[Contact]:
        """Customers only: vendors are filtered by Zoho and once more here, in case the filter was ignored
        (FACTS 2.5).
        """
        query = ListQuery(
            page=page, per_page=per_page, modified_since=modified_since, sort=sort, descending=descending
        )
        params = query.params() | {"contact_type": "customer"}
        found = page_of(self._line, operations.LIST_CONTACTS, "contacts", Contact.from_zoho, params)
        return dataclasses.replace(found, rows=tuple(row for row in found.rows if row.kind != "vendor"))

    def get(self, contact_id: str) -> Said[Contact]:
        """The whole contact with addresses and persons."""
        said = one_of(
            self._line, operations.GET_CONTACT.at(contact_id), "contact", Contact.from_zoho, contact_id
        )
        persons = tuple(dataclasses.replace(one, contact_id=contact_id) for one in said.value.persons)
        return Said(dataclasses.replace(said.value, persons=persons), said.said_at)

    def persons(self, contact_id: str) -> Said[tuple[ContactPerson, ...]]:
        """The people at a customer. A row that cannot be read is logged and left out."""
        answer = self._line.get(operations.LIST_CONTACT_PERSONS.at(contact_id))
        rows, _ = read_each(
            self._line, rows_of(self._line, answer, "contact_persons"), ContactPerson.from_zoho
        )
        return Said(tuple(dataclasses.replace(row, contact_id=contact_id) for row in rows), answer.said_at)
