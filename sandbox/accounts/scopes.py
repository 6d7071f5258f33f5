"""Which scopes the accounts server knows (zoho.md 1.6), and what each lets an application do, for the consent
page.
"""

from __future__ import annotations

BOOKS_MODULES = {
    "settings": "organisation details and settings",
    "contacts": "customers and their contact persons",
    "estimates": "quotes",
    "invoices": "invoices and recurring invoices",
    "customerpayments": "payments received",
    "creditnotes": "credit notes",
}
BILLING_MODULES = {
    "settings": "organisations in Zoho Billing",
    "subscriptions": "subscriptions",
    "plans": "plans",
    "customers": "customers, cards and bank accounts",
    "invoices": "Billing invoices",
    "payments": "Billing payments",
    "hostedpages": "hosted pages",
    "webhooks": "events",
}
OPERATIONS = {
    "CREATE": "Create and change the status of",
    "READ": "Read",
    "UPDATE": "Change",
    "DELETE": "Delete",
    "ALL": "Read and change",
}


def meaning(scope: str) -> str | None:
    """A description of a scope for people; None for a scope that does not exist."""
    if scope == "ZohoBooks.fullaccess.all":
        return "Everything in Zoho Books"
    service, _, rest = scope.partition(".")
    module, _, operation = rest.partition(".")
    modules = {"ZohoBooks": BOOKS_MODULES, "ZohoSubscriptions": BILLING_MODULES}.get(service, {})
    if module not in modules or operation not in OPERATIONS:
        return None
    return f"{OPERATIONS[operation]} {modules[module]}"
