"""Customers of Billing, their cards and bank accounts: read only (FACTS 4.9)."""

from __future__ import annotations

from connectors.zoho.billing import operations
from connectors.zoho.books.reading_answers import one_of, read_each, rows_of
from connectors.zoho.books.said import Said
from connectors.zoho.documents.billing_customer import BillingCustomer
from connectors.zoho.documents.payment_method import BankAccount, Card
from connectors.zoho.errors import ZohoNotFound
from connectors.zoho.http_line import ZohoLine


class BillingCustomers:
    """All methods raise ZohoError."""

    def __init__(self, line: ZohoLine) -> None:
        self._line = line

    def get(self, customer_id: str) -> Said[BillingCustomer]:
        return one_of(
            self._line,
            operations.GET_CUSTOMER.at(customer_id),
            "customer",
            BillingCustomer.from_zoho,
            customer_id,
        )

    def cards(self, customer_id: str) -> Said[tuple[Card, ...]]:
        """The customer's cards; one that cannot be read is logged and left out."""
        answer = self._line.get(operations.LIST_CARDS.at(customer_id))
        cards, _ = read_each(self._line, rows_of(self._line, answer, "cards"), Card.from_zoho)
        return Said(cards, answer.said_at)

    def bank_account(self, customer_id: str, account_id: str) -> Said[BankAccount]:
        """There is no list of accounts: the id comes from the contact in Books or from a subscription.

        The answer holds the one account in a list (bank-account.yml). Raises ZohoNotFound when it is not in
        it.
        """
        answer = self._line.get(operations.GET_BANK_ACCOUNT.at(customer_id, account_id))
        found = [
            BankAccount.from_zoho(row, org=self._line.org)
            for row in rows_of(self._line, answer, "bank_accounts")
        ]
        for account in found:
            if account.id == account_id:
                return Said(account, answer.said_at)
        raise ZohoNotFound("Zoho Billing does not show this bank account.")
