"""Hosted pages: created on click, used once, never cached (zoho.md 4.11, 7)."""

from __future__ import annotations

from typing import Any

from connectors.zoho.api.api_client import ApiClient
from connectors.zoho.api.api_responses import ApiResponse
from connectors.zoho.api.fetched import Fetched
from connectors.zoho.api.operation import checked_id
from connectors.zoho.billing import operations
from connectors.zoho.documents.hosted_page import HostedPage


class HostedPages:
    """All methods raise ZohoError, and NotAZohoId before sending anything.

    Creating a page charges nothing; a page whose response was lost simply expires.
    """

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    def pay_invoice(self, invoice_id: str, *, redirect_url: str) -> Fetched[HostedPage]:
        """A page that collects the invoice's balance. A return to redirect_url proves nothing
        (zoho.md 7.2).
        """
        body = {"invoice_id": checked_id("invoice_id", invoice_id), "redirect_url": redirect_url}
        return self._parse_page(self._api.post(operations.PAY_INVOICE_PAGE.at(), body))

    def update_card(self, subscription_id: str, *, redirect_url: str) -> Fetched[HostedPage]:
        """A page that replaces the card of one subscription."""
        body = {
            "subscription_id": checked_id("subscription_id", subscription_id),
            "redirect_url": redirect_url,
        }
        return self._parse_page(self._api.post(operations.UPDATE_CARD_PAGE.at(), body))

    def update_stored_card(self, card_id: str) -> Fetched[HostedPage]:
        """A page that replaces a stored card. No return URL is documented, so expect no redirect back
        (zoho.md 7.4).
        """
        return self._parse_page(
            self._api.post(operations.UPDATE_METHOD_PAGE.at(), {"card_id": checked_id("card_id", card_id)})
        )

    def update_bank_account(self, account_id: str) -> Fetched[HostedPage]:
        """The same for a stored bank account. Zoho's specification requires all ids; exactly one is meant
        (zoho.md 4.11).
        """
        return self._parse_page(
            self._api.post(
                operations.UPDATE_METHOD_PAGE.at(), {"account_id": checked_id("account_id", account_id)}
            )
        )

    def get(self, hostedpage_id: str) -> Fetched[HostedPage]:
        """A page's result. Its fields are at the top of the envelope, or inside `hostedpage`
        (zoho.md 10.12).
        """
        return self._parse_page(self._api.get(operations.GET_HOSTED_PAGE.at(hostedpage_id)))

    def _parse_page(self, response: ApiResponse) -> Fetched[HostedPage]:
        inside: Any = response.body.get("hostedpage")
        return Fetched(
            HostedPage.from_zoho(inside if isinstance(inside, dict) else response.body, org=self._api.org),
            response.as_of,
        )
