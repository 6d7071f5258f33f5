"""Every operation of Zoho Billing that Foyer uses. None of them adds a card or a bank account."""

from __future__ import annotations

from connectors.zoho.api import scopes
from connectors.zoho.api.operation import Operation

LIST_ORGANIZATIONS = Operation(
    method="GET",
    path="/organizations",
    scope=scopes.BILLING_SETTINGS_READ,
    used_for="which organisation of Billing belongs to a merchant's Books",
)

LIST_SUBSCRIPTIONS = Operation(
    method="GET",
    path="/subscriptions",
    scope=scopes.BILLING_SUBSCRIPTIONS_READ,
    used_for="the list of subscriptions",
)
GET_SUBSCRIPTION = Operation(
    method="GET",
    path="/subscriptions/{subscription_id}",
    scope=scopes.BILLING_SUBSCRIPTIONS_READ,
    used_for="one subscription with plan and card",
)
LIST_PLANS = Operation(
    method="GET",
    path="/plans",
    scope=scopes.BILLING_PLANS_READ,
    used_for="the plans a list can be filtered by",
)

GET_CUSTOMER = Operation(
    method="GET",
    path="/customers/{customer_id}",
    scope=scopes.BILLING_CUSTOMERS_READ,
    used_for="whether Billing knows a customer of Books",
)
LIST_CARDS = Operation(
    method="GET",
    path="/customers/{customer_id}/cards",
    scope=scopes.BILLING_CUSTOMERS_READ,
    used_for="a client's cards, masked",
)
GET_BANK_ACCOUNT = Operation(
    method="GET",
    path="/customers/{customer_id}/bankaccounts/{account_id}",
    scope=scopes.BILLING_CUSTOMERS_READ,
    used_for="a bank account, masked",
)

LIST_INVOICES = Operation(
    method="GET",
    path="/invoices",
    scope=scopes.BILLING_INVOICES_READ,
    used_for="which invoices belong to a subscription",
)
GET_INVOICE = Operation(
    method="GET",
    path="/invoices/{invoice_id}",
    scope=scopes.BILLING_INVOICES_READ,
    used_for="which plan an invoice bills",
)

PAY_INVOICE_PAGE = Operation(
    method="POST", path="/hostedpages/invoicepayment", scope=scopes.BILLING_PAGES_CREATE, used_for="Pay Now"
)
UPDATE_CARD_PAGE = Operation(
    method="POST",
    path="/hostedpages/updatecard",
    scope=scopes.BILLING_PAGES_CREATE,
    used_for="replacing the card of one subscription",
)
UPDATE_METHOD_PAGE = Operation(
    method="POST",
    path="/hostedpages/updatepaymentmethod",
    scope=scopes.BILLING_PAGES_CREATE,
    used_for="replacing a stored card or bank account",
)
GET_HOSTED_PAGE = Operation(
    method="GET",
    path="/hostedpages/{hostedpage_id}",
    scope=scopes.BILLING_PAGES_READ,
    used_for="the result of a page",
)

LIST_EVENTS = Operation(
    method="GET",
    path="/events",
    scope=scopes.BILLING_EVENTS_READ,
    used_for="events that no webhook delivered",
)

BILLING_OPERATIONS: tuple[Operation, ...] = tuple(
    value for value in list(globals().values()) if isinstance(value, Operation)
)
"""In the order above."""
