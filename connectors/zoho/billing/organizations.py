"""Organisations of Billing: they give Billing's organisation id, which may differ from that of Books (zoho.md
8).
"""

from __future__ import annotations

from connectors.zoho.api.api_client import ApiClient
from connectors.zoho.api.document_fetching import parse_rows, rows_of
from connectors.zoho.api.fetched import Fetched
from connectors.zoho.billing import operations
from connectors.zoho.documents.organization import Organization


class BillingOrganizations:
    """`api` needs no organisation yet: the list works without one (zoho.md 2.1, by analogy with Books)."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    def list(self) -> Fetched[tuple[Organization, ...]]:
        """The organisations of the user behind the grant; unreadable ones are logged and left out. Raises
        ZohoError.
        """
        response = self._api.get(operations.LIST_ORGANIZATIONS.at())
        found, _ = parse_rows(
            self._api, rows_of(self._api, response, "organizations"), Organization.from_zoho
        )
        return Fetched(found, response.as_of)
