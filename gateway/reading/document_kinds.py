"""The kinds of documents a client may read: how they are kept, which of them clients may see, and how Zoho is
asked for one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from connectors.zoho.api.api_responses import FetchedPdf
from connectors.zoho.api.fetched import Fetched
from connectors.zoho.documents import credit_note, estimate, invoice
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.credit_note import CreditNote
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.payment import Payment
from connectors.zoho.documents.recurring_invoice import RecurringInvoice
from connectors.zoho.documents.subscription import Subscription
from connectors.zoho.organisation_clients import OrganisationClients

D = TypeVar("D", Estimate, Invoice, Payment, CreditNote, Contact, Subscription, RecurringInvoice)


@dataclass(frozen=True)
class DocumentKind(Generic[D]):
    """name: the kind's name in the copies. noun: its word for people. owner: the customer a document belongs
    to.

    hidden_statuses: documents in these have not been issued; for clients they do not exist.
    """

    name: str
    noun: str
    document: type[D]
    owner: Callable[[D], str]
    fetch: Callable[[OrganisationClients, str], Fetched[D]]
    fetch_pdf: Callable[[OrganisationClients, str], FetchedPdf] | None = None
    hidden_statuses: frozenset[str] = frozenset()


ESTIMATES = DocumentKind(
    "estimates",
    "estimate",
    Estimate,
    owner=lambda one: one.customer_id,
    hidden_statuses=estimate.NOT_FOR_CLIENTS,
    fetch=lambda zoho, id: zoho.books.estimates.get(id),
    fetch_pdf=lambda zoho, id: zoho.books.estimates.pdf(id),
)
INVOICES = DocumentKind(
    "invoices",
    "invoice",
    Invoice,
    owner=lambda one: one.customer_id,
    hidden_statuses=invoice.NOT_FOR_CLIENTS,
    fetch=lambda zoho, id: zoho.books.invoices.get(id),
    fetch_pdf=lambda zoho, id: zoho.books.invoices.pdf(id),
)
PAYMENTS = DocumentKind(
    "payments",
    "payment",
    Payment,
    owner=lambda one: one.customer_id,
    fetch=lambda zoho, id: zoho.books.customer_payments.get(id),
    fetch_pdf=lambda zoho, id: zoho.books.customer_payments.pdf(id),
)
CREDIT_NOTES = DocumentKind(
    "credit_notes",
    "credit note",
    CreditNote,
    owner=lambda one: one.customer_id,
    hidden_statuses=credit_note.NOT_FOR_CLIENTS,
    fetch=lambda zoho, id: zoho.books.credit_notes.get(id),
    fetch_pdf=lambda zoho, id: zoho.books.credit_notes.pdf(id),
)
CONTACTS = DocumentKind(
    "contacts",
    "customer",
    Contact,
    owner=lambda one: one.id,
    fetch=lambda zoho, id: zoho.books.contacts.get(id),
)
SUBSCRIPTIONS = DocumentKind(
    "subscriptions",
    "subscription",
    Subscription,
    owner=lambda one: one.customer_id,
    fetch=lambda zoho, id: zoho.billing.subscriptions.get(id),
)
RECURRING_INVOICES = DocumentKind(
    "recurring_invoices",
    "subscription",
    RecurringInvoice,
    owner=lambda one: one.customer_id,
    fetch=lambda zoho, id: zoho.books.recurring_invoices.get(id),
)
"""What clients of a merchant without Zoho Billing call a subscription (zoho.md 4.7)."""
