"""Which operations of Zoho's OpenAPI files are kept: those that Foyer sends or the sandbox answers."""

from __future__ import annotations

OPERATIONS: dict[str, tuple[str, ...]] = {
    "books/organizations.yml": (
        "GET /organizations",
        "GET /organizations/{organization_id}",
    ),
    "books/users.yml": ("GET /users/me",),
    "books/contacts.yml": (
        "GET /contacts",
        "GET /contacts/{contact_id}",
        "PUT /contacts/{contact_id}",
        "GET /contacts/{contact_id}/comments",
        "GET /contacts/{contact_id}/refunds",
        "GET /contacts/{contact_id}/address",
        "POST /contacts/{contact_id}/address",
        "PUT /contacts/{contact_id}/address/{address_id}",
        "DELETE /contacts/{contact_id}/address/{address_id}",
    ),
    "books/contact-persons.yml": (
        "GET /contacts/{contact_id}/contactpersons",
        "GET /contacts/{contact_id}/contactpersons/{contact_person_id}",
        "POST /contacts/contactpersons",
        "PUT /contacts/contactpersons/{contact_person_id}",
        "DELETE /contacts/contactpersons/{contact_person_id}",
        "POST /contacts/contactpersons/{contact_person_id}/primary",
    ),
    "books/estimates.yml": (
        "GET /estimates",
        "GET /estimates/pdf",
        "GET /estimates/{estimate_id}",
        "POST /estimates/{estimate_id}/status/sent",
        "POST /estimates/{estimate_id}/status/accepted",
        "POST /estimates/{estimate_id}/status/declined",
        "GET /estimates/{estimate_id}/comments",
        "POST /estimates/{estimate_id}/comments",
    ),
    "books/invoices.yml": (
        "GET /invoices",
        "GET /invoices/pdf",
        "GET /invoices/{invoice_id}",
        "POST /invoices/{invoice_id}/status/sent",
        "POST /invoices/{invoice_id}/status/void",
        "POST /invoices/{invoice_id}/status/draft",
        "GET /invoices/{invoice_id}/payments",
        "GET /invoices/{invoice_id}/creditsapplied",
        "POST /invoices/{invoice_id}/credits",
        "POST /invoices/{invoice_id}/writeoff",
        "POST /invoices/{invoice_id}/writeoff/cancel",
        "GET /invoices/{invoice_id}/attachment",
        "GET /invoices/{invoice_id}/documents/{document_id}",
        "GET /invoices/{invoice_id}/comments",
        "POST /invoices/{invoice_id}/comments",
        "GET /share/paymentlink",
    ),
    "books/customer-payments.yml": (
        "GET /customerpayments",
        "GET /customerpayments/{payment_id}",
        "POST /customerpayments",
        "PUT /customerpayments",
        "GET /customerpayments/{customer_payment_id}/refunds",
    ),
    "books/recurring-invoices.yml": (
        "GET /recurringinvoices",
        "GET /recurringinvoices/{recurring_invoice_id}",
    ),
    "books/credit-notes.yml": (
        "GET /creditnotes",
        "GET /creditnotes/{creditnote_id}",
    ),
    "billing/subscription.yml": (
        "GET /subscriptions",
        "GET /subscriptions/{subscription_id}",
    ),
    "billing/plans.yml": ("GET /plans",),
    "billing/customers.yml": ("GET /customers/{customer_id}",),
    "billing/cards.yml": (
        "GET /customers/{customer_id}/cards",
        "GET /customers/{customer_id}/cards/{card_id}",
    ),
    "billing/bank-account.yml": ("GET /customers/{customer_id}/bankaccounts/{account_id}",),
    "billing/invoices.yml": (
        "GET /invoices",
        "GET /invoices/{invoice_id}",
    ),
    "billing/hosted-pages.yml": (
        "GET /hostedpages/{hostedpage_id}",
        "POST /hostedpages/invoicepayment",
        "POST /hostedpages/updatecard",
        "POST /hostedpages/updatepaymentmethod",
    ),
    "billing/events.yml": (
        "GET /events",
        "GET /events/{event_id}",
    ),
}
"""Zoho's file → method and path, as written there (zoho.md 4)."""
