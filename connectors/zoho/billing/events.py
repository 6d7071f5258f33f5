"""Billing's feed of events: a way to catch up after missed webhooks (FACTS 4.12)."""

from __future__ import annotations

from connectors.zoho.billing import operations
from connectors.zoho.books.list_query import ListQuery
from connectors.zoho.books.reading_answers import page_of
from connectors.zoho.books.said import Page
from connectors.zoho.documents.billing_event import BillingEvent
from connectors.zoho.http_line import ZohoLine


class BillingEvents:
    """Not created for back-dated actions, and kept for a limited time: never the only way to hear of
    something.
    """

    def __init__(self, line: ZohoLine) -> None:
        self._line = line

    def list_page(self, page: int = 1, per_page: int = 200) -> Page[BillingEvent]:
        """Raises ZohoError."""
        params = ListQuery(page=page, per_page=per_page).params()
        return page_of(self._line, operations.LIST_EVENTS, "events", BillingEvent.from_zoho, params)
