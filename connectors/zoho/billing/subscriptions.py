"""Subscriptions and plans (FACTS 4.8)."""

from __future__ import annotations

from connectors.zoho.billing import operations
from connectors.zoho.books.list_query import ListQuery
from connectors.zoho.books.reading_answers import one_of, only_of_customer, page_of
from connectors.zoho.books.said import Page, Said
from connectors.zoho.documents.plan import Plan
from connectors.zoho.documents.subscription import Subscription
from connectors.zoho.http_line import ZohoLine


class Subscriptions:
    """All methods raise ZohoError."""

    def __init__(self, line: ZohoLine) -> None:
        self._line = line

    def list_page(self, page: int = 1, per_page: int = 200, *, customer_id: str = "") -> Page[Subscription]:
        """Rows without plan code and card. Billing documents no filter by time of change (FACTS 2.6)."""
        params = ListQuery(page=page, per_page=per_page, customer_id=customer_id).params()
        found = page_of(
            self._line, operations.LIST_SUBSCRIPTIONS, "subscriptions", Subscription.from_zoho, params
        )
        return only_of_customer(self._line, found, customer_id) if customer_id else found

    def get(self, subscription_id: str) -> Said[Subscription]:
        """The whole subscription, always asked anew."""
        call = operations.GET_SUBSCRIPTION.at(subscription_id)
        return one_of(self._line, call, "subscription", Subscription.from_zoho, subscription_id)

    def plans(self, page: int = 1, per_page: int = 200) -> Page[Plan]:
        """The merchant's plans, active or not: an old invoice may bill one that is no longer sold."""
        params = ListQuery(page=page, per_page=per_page).params()
        return page_of(self._line, operations.LIST_PLANS, "plans", Plan.from_zoho, params)
