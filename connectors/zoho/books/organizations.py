"""Organisations: the merchant's own details (FACTS 4.1)."""

from __future__ import annotations

from connectors.zoho.books import operations
from connectors.zoho.books.reading_answers import one_of
from connectors.zoho.books.said import Said
from connectors.zoho.documents.organization import Organization
from connectors.zoho.http_line import ZohoLine


class Organizations:
    """All methods raise ZohoError."""

    def __init__(self, line: ZohoLine) -> None:
        self._line = line

    def get(self, organization_id: str) -> Said[Organization]:
        """Name, addresses and contact details as the merchant keeps them in Zoho."""
        call = operations.GET_ORGANIZATION.at(organization_id)
        return one_of(self._line, call, "organization", Organization.from_zoho, organization_id)
