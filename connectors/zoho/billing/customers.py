"""Customers of Billing, their cards and bank accounts: read only (zoho.md 4.9)."""

from __future__ import annotations

from connectors.zoho.api.api_client import ApiClient
from connectors.zoho.api.document_fetching import fetch_document, parse_rows, rows_of
from connectors.zoho.api.errors import ZohoNotFound
from connectors.zoho.api.fetched import Fetched
from connectors.zoho.billing import operations
from connectors.zoho.documents.billing_customer import BillingCustomer
from connectors.zoho.documents.payment_method import BankAccount, Card


class BillingCustomers:
    """All methods raise ZohoError."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    def get(self, customer_id: str) -> Fetched[BillingCustomer]:
        return fetch_document(
            self._api,
            operations.GET_CUSTOMER.at(customer_id),
            "customer",
            BillingCustomer.from_zoho,
            customer_id,
        )

    def cards(self, customer_id: str) -> Fetched[tuple[Card, ...]]:
        """The customer's cards; unreadable ones are logged and left out."""
        response = self._api.get(operations.LIST_CARDS.at(customer_id))
        cards, _ = parse_rows(self._api, rows_of(self._api, response, "cards"), Card.from_zoho)
        return Fetched(cards, response.as_of)

    def bank_account(self, customer_id: str, account_id: str) -> Fetched[BankAccount]:
        """There is no list of accounts: the id comes from the contact in Books or from a subscription.

        The response holds the account in a list of one (bank-account.yml). Raises ZohoNotFound if it is
        missing there.
        """
        response = self._api.get(operations.GET_BANK_ACCOUNT.at(customer_id, account_id))
        found = [
            BankAccount.from_zoho(row, org=self._api.org)
            for row in rows_of(self._api, response, "bank_accounts")
        ]
        for account in found:
            if account.id == account_id:
                return Fetched(account, response.as_of)
        raise ZohoNotFound("Zoho Billing does not show this bank account.")
