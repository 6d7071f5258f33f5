"""Organisations: the merchant's own details (zoho.md 4.1)."""

from __future__ import annotations

from connectors.zoho.api.api_client import ApiClient
from connectors.zoho.api.document_fetching import fetch_document
from connectors.zoho.api.fetched import Fetched
from connectors.zoho.books import operations
from connectors.zoho.documents.organization import Organization


class Organizations:
    """All methods raise ZohoError."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    def get(self, organization_id: str) -> Fetched[Organization]:
        """Name, addresses and contact details, as in Zoho."""
        call = operations.GET_ORGANIZATION.at(organization_id)
        return fetch_document(self._api, call, "organization", Organization.from_zoho, organization_id)
