"""Subscriptions and plans (zoho.md 4.8)."""

from __future__ import annotations

from connectors.zoho.api.document_client import DocumentClient
from connectors.zoho.api.document_fetching import fetch_page
from connectors.zoho.api.fetched import Page
from connectors.zoho.api.list_query import MAX_PER_PAGE, ZohoListQuery
from connectors.zoho.billing import operations
from connectors.zoho.documents.plan import Plan
from connectors.zoho.documents.subscription import Subscription


class Subscriptions(DocumentClient[Subscription]):
    """Rows lack plan code and card. Billing documents no filter by modification time (zoho.md 2.6)."""

    document = Subscription
    list_operation, list_key = operations.LIST_SUBSCRIPTIONS, "subscriptions"
    get_operation, key = operations.GET_SUBSCRIPTION, "subscription"

    def plans(self, page: int = 1, per_page: int = MAX_PER_PAGE) -> Page[Plan]:
        """The merchant's plans, active or not: an old invoice may refer to a discontinued plan."""
        params = ZohoListQuery(page=page, per_page=per_page).params()
        return fetch_page(self._api, operations.LIST_PLANS, "plans", Plan.from_zoho, params)
