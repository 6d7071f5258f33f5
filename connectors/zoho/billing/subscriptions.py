"""Subscriptions and plans (zoho.md 4.8)."""

from __future__ import annotations

from connectors.zoho.api.api_client import ApiClient
from connectors.zoho.api.document_fetching import fetch_document, fetch_page, only_of_customer
from connectors.zoho.api.fetched import Fetched, Page
from connectors.zoho.api.list_query import ZohoListQuery
from connectors.zoho.billing import operations
from connectors.zoho.documents.plan import Plan
from connectors.zoho.documents.subscription import Subscription


class Subscriptions:
    """All methods raise ZohoError."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    def list_page(self, page: int = 1, per_page: int = 200, *, customer_id: str = "") -> Page[Subscription]:
        """Rows without plan code and card. Billing documents no filter by modification time (zoho.md 2.6)."""
        params = ZohoListQuery(page=page, per_page=per_page, customer_id=customer_id).params()
        found = fetch_page(
            self._api, operations.LIST_SUBSCRIPTIONS, "subscriptions", Subscription.from_zoho, params
        )
        return only_of_customer(self._api, found, customer_id) if customer_id else found

    def get(self, subscription_id: str) -> Fetched[Subscription]:
        """The whole subscription, always fetched from Zoho."""
        call = operations.GET_SUBSCRIPTION.at(subscription_id)
        return fetch_document(self._api, call, "subscription", Subscription.from_zoho, subscription_id)

    def plans(self, page: int = 1, per_page: int = 200) -> Page[Plan]:
        """The merchant's plans, active or not: an old invoice may refer to a discontinued plan."""
        params = ZohoListQuery(page=page, per_page=per_page).params()
        return fetch_page(self._api, operations.LIST_PLANS, "plans", Plan.from_zoho, params)
