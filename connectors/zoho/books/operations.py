"""Every operation of Zoho Books that Foyer uses. The README's table is made from this one."""

from __future__ import annotations

from connectors.zoho.api import scopes
from connectors.zoho.api.operation import Operation

LIST_ORGANIZATIONS = Operation(
    method="GET",
    path="/organizations",
    scope=scopes.SETTINGS_READ,
    used_for="choosing the organisation on connect",
)
GET_ORGANIZATION = Operation(
    method="GET",
    path="/organizations/{organization_id}",
    scope=scopes.SETTINGS_READ,
    used_for="the merchant's details",
)
GET_CURRENT_USER = Operation(
    method="GET", path="/users/me", scope=scopes.SETTINGS_READ, used_for="who gave the grant"
)

LIST_CONTACTS = Operation(
    method="GET", path="/contacts", scope=scopes.CONTACTS_READ, used_for="customers to invite"
)
GET_CONTACT = Operation(
    method="GET",
    path="/contacts/{contact_id}",
    scope=scopes.CONTACTS_READ,
    used_for="a client's own details, and which bank accounts are stored",
)
LIST_CONTACT_PERSONS = Operation(
    method="GET",
    path="/contacts/{contact_id}/contactpersons",
    scope=scopes.CONTACTS_READ,
    used_for="people to invite",
)
LIST_CONTACT_REFUNDS = Operation(
    method="GET",
    path="/contacts/{contact_id}/refunds",
    scope=scopes.CONTACTS_READ,
    used_for="refunds, for a statement",
)

EDIT_CONTACT = Operation(
    method="PUT",
    path="/contacts/{contact_id}",
    scope=scopes.CONTACTS_UPDATE,
    used_for="a client edits company and addresses",
)
EDIT_CONTACT_PERSON = Operation(
    method="PUT",
    path="/contacts/contactpersons/{contact_person_id}",
    scope=scopes.CONTACTS_UPDATE,
    used_for="a client edits their own details",
)
MARK_PRIMARY_PERSON = Operation(
    method="POST",
    path="/contacts/contactpersons/{contact_person_id}/primary",
    scope=scopes.CONTACTS_CREATE,
    used_for="another person becomes the first contact",
)

LIST_ESTIMATES = Operation(
    method="GET", path="/estimates", scope=scopes.ESTIMATES_READ, used_for="the list of estimates"
)
GET_ESTIMATE = Operation(
    method="GET",
    path="/estimates/{estimate_id}",
    scope=scopes.ESTIMATES_READ,
    used_for="one estimate, its PDF",
)
ACCEPT_ESTIMATE = Operation(
    method="POST",
    path="/estimates/{estimate_id}/status/accepted",
    scope=scopes.ESTIMATES_CREATE,
    used_for="a client accepts",
)
DECLINE_ESTIMATE = Operation(
    method="POST",
    path="/estimates/{estimate_id}/status/declined",
    scope=scopes.ESTIMATES_CREATE,
    used_for="a client declines",
)
LIST_ESTIMATE_COMMENTS = Operation(
    method="GET",
    path="/estimates/{estimate_id}/comments",
    scope=scopes.ESTIMATES_READ,
    used_for="whether a comment of ours arrived",
)
ADD_ESTIMATE_COMMENT = Operation(
    method="POST",
    path="/estimates/{estimate_id}/comments",
    scope=scopes.ESTIMATES_CREATE,
    used_for="who answered, and why",
)

LIST_INVOICES = Operation(
    method="GET", path="/invoices", scope=scopes.INVOICES_READ, used_for="the list of invoices"
)
GET_INVOICE = Operation(
    method="GET", path="/invoices/{invoice_id}", scope=scopes.INVOICES_READ, used_for="one invoice, its PDF"
)
LIST_INVOICE_PAYMENTS = Operation(
    method="GET",
    path="/invoices/{invoice_id}/payments",
    scope=scopes.INVOICES_READ,
    used_for="payments on an invoice",
)
LIST_INVOICE_CREDITS = Operation(
    method="GET",
    path="/invoices/{invoice_id}/creditsapplied",
    scope=scopes.INVOICES_READ,
    used_for="credits on an invoice",
)

LIST_INVOICE_COMMENTS = Operation(
    method="GET",
    path="/invoices/{invoice_id}/comments",
    scope=scopes.INVOICES_READ,
    used_for="whether a comment of ours arrived",
)
ADD_INVOICE_COMMENT = Operation(
    method="POST",
    path="/invoices/{invoice_id}/comments",
    scope=scopes.INVOICES_CREATE,
    used_for="a client's comment on an invoice",
)
APPLY_CREDITS = Operation(
    method="POST",
    path="/invoices/{invoice_id}/credits",
    scope=scopes.INVOICES_CREATE,
    used_for="using credit for an invoice",
)
GET_INVOICE_DOCUMENT = Operation(
    method="GET",
    path="/invoices/{invoice_id}/documents/{document_id}",
    scope=scopes.INVOICES_READ,
    used_for="a file on an invoice",
)
MAKE_PAYMENT_LINK = Operation(
    method="GET",
    path="/share/paymentlink",
    scope=scopes.SETTINGS_ALL,
    used_for="a payment page with an expiry date",
)

LIST_PAYMENTS = Operation(
    method="GET", path="/customerpayments", scope=scopes.PAYMENTS_READ, used_for="the list of payments made"
)
GET_PAYMENT = Operation(
    method="GET",
    path="/customerpayments/{payment_id}",
    scope=scopes.PAYMENTS_READ,
    used_for="one payment, its receipt",
)
LIST_PAYMENT_REFUNDS = Operation(
    method="GET",
    path="/customerpayments/{customer_payment_id}/refunds",
    scope=scopes.PAYMENTS_READ,
    used_for="refunds of a payment",
)

UPSERT_PAYMENT = Operation(
    method="PUT",
    path="/customerpayments",
    scope=scopes.PAYMENTS_UPDATE,
    used_for="the same, if the merchant has a unique field",
)
RECORD_PAYMENT = Operation(
    method="POST",
    path="/customerpayments",
    scope=scopes.PAYMENTS_CREATE,
    used_for="an offline payment the merchant confirmed",
)

LIST_RECURRING_INVOICES = Operation(
    method="GET",
    path="/recurringinvoices",
    scope=scopes.INVOICES_READ,
    used_for="recurring invoices, in place of subscriptions without Zoho Billing",
)
GET_RECURRING_INVOICE = Operation(
    method="GET",
    path="/recurringinvoices/{recurring_invoice_id}",
    scope=scopes.INVOICES_READ,
    used_for="one of them",
)
LIST_CREDIT_NOTES = Operation(
    method="GET", path="/creditnotes", scope=scopes.CREDIT_NOTES_READ, used_for="the list of credit notes"
)
GET_CREDIT_NOTE = Operation(
    method="GET",
    path="/creditnotes/{creditnote_id}",
    scope=scopes.CREDIT_NOTES_READ,
    used_for="one credit note, its PDF",
)

BOOKS_OPERATIONS: tuple[Operation, ...] = tuple(
    value for value in list(globals().values()) if isinstance(value, Operation)
)
"""In the order above."""
