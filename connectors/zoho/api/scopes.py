"""Which scopes each feature of the portal needs, and what a grant covers (zoho.md 1.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

SETTINGS_READ = "ZohoBooks.settings.READ"
SETTINGS_ALL = "ZohoBooks.settings.ALL"
CONTACTS_READ = "ZohoBooks.contacts.READ"
CONTACTS_UPDATE = "ZohoBooks.contacts.UPDATE"
CONTACTS_CREATE = "ZohoBooks.contacts.CREATE"
ESTIMATES_READ = "ZohoBooks.estimates.READ"
ESTIMATES_CREATE = "ZohoBooks.estimates.CREATE"
INVOICES_READ = "ZohoBooks.invoices.READ"
INVOICES_CREATE = "ZohoBooks.invoices.CREATE"
PAYMENTS_READ = "ZohoBooks.customerpayments.READ"
PAYMENTS_CREATE = "ZohoBooks.customerpayments.CREATE"
PAYMENTS_UPDATE = "ZohoBooks.customerpayments.UPDATE"
CREDIT_NOTES_READ = "ZohoBooks.creditnotes.READ"

BILLING_SETTINGS_READ = "ZohoSubscriptions.settings.READ"
BILLING_SUBSCRIPTIONS_READ = "ZohoSubscriptions.subscriptions.READ"
BILLING_PLANS_READ = "ZohoSubscriptions.plans.READ"
BILLING_CUSTOMERS_READ = "ZohoSubscriptions.customers.READ"
BILLING_INVOICES_READ = "ZohoSubscriptions.invoices.READ"
BILLING_PAGES_CREATE = "ZohoSubscriptions.hostedpages.CREATE"
BILLING_PAGES_READ = "ZohoSubscriptions.hostedpages.READ"
BILLING_EVENTS_READ = "ZohoSubscriptions.webhooks.READ"

FEATURE_SCOPES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "your organisation's details": (SETTINGS_READ,),
        "customers and contact persons": (CONTACTS_READ,),
        "editing contact details": (CONTACTS_UPDATE, CONTACTS_CREATE),
        "reading estimates": (ESTIMATES_READ,),
        "accepting, declining and commenting on estimates": (ESTIMATES_CREATE,),
        "invoices and recurring invoices": (INVOICES_READ,),
        "comments and credits on invoices": (INVOICES_CREATE,),
        "payments made": (PAYMENTS_READ,),
        "recording offline payments": (PAYMENTS_CREATE,),
        "your own field against duplicate payments": (PAYMENTS_UPDATE,),
        "credit notes": (CREDIT_NOTES_READ,),
    }
)
"""Feature, as merchants know it → its scopes in Books.

A change of status is a CREATE in Zoho, not an UPDATE (zoho.md 1.6).
"""

OPTIONAL_SCOPES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"payment links with an end": (SETTINGS_ALL,)}
)
"""Broad, so requested only when the merchant wants just this (zoho.md 1.6)."""

BILLING_SCOPES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "finding your organisation in Zoho Billing": (BILLING_SETTINGS_READ,),
        "subscriptions": (BILLING_SUBSCRIPTIONS_READ, BILLING_PLANS_READ),
        "cards and bank accounts": (BILLING_CUSTOMERS_READ,),
        "invoices by subscription": (BILLING_INVOICES_READ,),
        "paying through Zoho's page": (BILLING_PAGES_CREATE, BILLING_PAGES_READ),
        "events of Zoho Billing": (BILLING_EVENTS_READ,),
    }
)
"""Requested only if the merchant uses Zoho Billing: otherwise the consent itself may fail (zoho.md 1.6)."""

BOOKS_SCOPES: tuple[str, ...] = tuple(
    dict.fromkeys(scope for scopes in FEATURE_SCOPES.values() for scope in scopes)
)


def scopes_to_request(*, uses_billing: bool = False, makes_payment_links: bool = False) -> tuple[str, ...]:
    """The scopes to request on the consent page."""
    billing = [scope for scopes in BILLING_SCOPES.values() for scope in scopes] if uses_billing else []
    broad = [scope for scopes in OPTIONAL_SCOPES.values() for scope in scopes] if makes_payment_links else []
    return tuple(dict.fromkeys([*BOOKS_SCOPES, *billing, *broad]))


def covers(granted: Iterable[str], scope: str) -> bool:
    """Whether a grant covers `scope`, directly, by the module's ALL or by the product's full access."""
    product, module, _ = scope.split(".")
    return bool({scope, f"{product}.{module}.ALL", f"{product}.fullaccess.all"} & set(granted))


def missing_features(
    granted: Iterable[str], needed: Mapping[str, tuple[str, ...]] = FEATURE_SCOPES
) -> dict[str, tuple[str, ...]]:
    """Feature → its missing scopes; complete features are left out.

    For the merchant's page, and to switch features off.
    """
    held = tuple(granted)
    lacking = {
        feature: tuple(scope for scope in scopes if not covers(held, scope))
        for feature, scopes in needed.items()
    }
    return {feature: scopes for feature, scopes in lacking.items() if scopes}
