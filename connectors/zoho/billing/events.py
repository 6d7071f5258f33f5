"""Billing's feed of events: a way to catch up after missed webhooks (zoho.md 4.12)."""

from __future__ import annotations

from connectors.zoho.api.api_client import ApiClient
from connectors.zoho.api.document_fetching import fetch_page
from connectors.zoho.api.fetched import Page
from connectors.zoho.api.list_query import ZohoListQuery
from connectors.zoho.billing import operations
from connectors.zoho.documents.billing_event import BillingEvent


class BillingEvents:
    """Zoho skips back-dated actions and keeps events for a limited time, so this is never the only source."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    def list_page(self, page: int = 1, per_page: int = 200) -> Page[BillingEvent]:
        """Raises ZohoError."""
        params = ZohoListQuery(page=page, per_page=per_page).params()
        return fetch_page(self._api, operations.LIST_EVENTS, "events", BillingEvent.from_zoho, params)
