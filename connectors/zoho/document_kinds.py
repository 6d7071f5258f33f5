"""How Zoho is asked for each kind of document that is mirrored, and how it is read: one row per kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic

from cache.document_kind import DocumentKind
from connectors.zoho.api.api_responses import FetchedPdf
from connectors.zoho.api.fetched import Fetched, Page
from connectors.zoho.documents import credit_note, estimate, invoice
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.credit_note import CreditNote
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.mirrored_document import D
from connectors.zoho.documents.payment import Payment
from connectors.zoho.documents.recurring_invoice import RecurringInvoice
from connectors.zoho.documents.subscription import Subscription
from connectors.zoho.organisation_clients import OrganisationClients

BY_CREATION = "created_time"
NOTHING_HIDDEN: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class ZohoDocumentKind(Generic[D]):
    """name: also the list's name in the copies. document: its class.

    pages: how a page of the list is asked for, with modified_since and sort where it has deltas. fetch,
    fetch_pdf: how one document is; None where Zoho makes no PDF.
    hidden_statuses: documents in these have not been issued; for clients they do not exist.
    steady_order: a sort column in which rows keep their place while documents are edited, "" where Zoho
    documents none. has_deltas: whether it is worth asking for changes alone; Zoho may still ignore that
    (zoho.md 2.6). has_total: its pages can say how many rows there are in all.
    id_fields, webhook_modules: where a webhook has a record's own id, and what it calls the kind (zoho.md
    6.2).
    """

    name: DocumentKind
    document: type[D]
    pages: Callable[[OrganisationClients], Callable[..., Page[D]]]
    fetch: Callable[[OrganisationClients, str], Fetched[D]]
    fetch_pdf: Callable[[OrganisationClients, str], FetchedPdf] | None
    hidden_statuses: frozenset[str]
    steady_order: str
    has_deltas: bool
    has_total: bool
    id_fields: tuple[str, ...]
    webhook_modules: tuple[str, ...]


CONTACTS = ZohoDocumentKind(
    name=DocumentKind.CONTACTS,
    document=Contact,
    pages=lambda zoho: zoho.books.contacts.list_page,
    fetch=lambda zoho, contact_id: zoho.books.contacts.get(contact_id),
    fetch_pdf=None,
    hidden_statuses=NOTHING_HIDDEN,
    steady_order=BY_CREATION,
    has_deltas=True,
    has_total=False,
    id_fields=("contact_id", "customer_id"),
    webhook_modules=("contact", "customer"),
)
ESTIMATES = ZohoDocumentKind(
    name=DocumentKind.ESTIMATES,
    document=Estimate,
    pages=lambda zoho: zoho.books.estimates.list_page,
    fetch=lambda zoho, estimate_id: zoho.books.estimates.get(estimate_id),
    fetch_pdf=lambda zoho, estimate_id: zoho.books.estimates.pdf(estimate_id),
    hidden_statuses=estimate.NOT_FOR_CLIENTS,
    steady_order=BY_CREATION,
    has_deltas=True,
    has_total=False,
    id_fields=("estimate_id",),
    webhook_modules=("estimate",),
)
INVOICES = ZohoDocumentKind(
    name=DocumentKind.INVOICES,
    document=Invoice,
    pages=lambda zoho: zoho.books.invoices.list_page,
    fetch=lambda zoho, invoice_id: zoho.books.invoices.get(invoice_id),
    fetch_pdf=lambda zoho, invoice_id: zoho.books.invoices.pdf(invoice_id),
    hidden_statuses=invoice.NOT_FOR_CLIENTS,
    steady_order=BY_CREATION,
    has_deltas=True,
    has_total=True,
    id_fields=("invoice_id",),
    webhook_modules=("invoice",),
)
PAYMENTS = ZohoDocumentKind(
    name=DocumentKind.PAYMENTS,
    document=Payment,
    pages=lambda zoho: zoho.books.customer_payments.list_page,
    fetch=lambda zoho, payment_id: zoho.books.customer_payments.get(payment_id),
    fetch_pdf=lambda zoho, payment_id: zoho.books.customer_payments.pdf(payment_id),
    hidden_statuses=NOTHING_HIDDEN,
    # zoho.md 4.6 names no sort columns for payments; their usual order is by date, newest first.
    steady_order="",
    has_deltas=True,
    has_total=False,
    id_fields=("payment_id", "customer_payment_id"),
    webhook_modules=("payment", "customerpayment", "customer_payment"),
)
CREDIT_NOTES = ZohoDocumentKind(
    name=DocumentKind.CREDIT_NOTES,
    document=CreditNote,
    pages=lambda zoho: zoho.books.credit_notes.list_page,
    fetch=lambda zoho, creditnote_id: zoho.books.credit_notes.get(creditnote_id),
    fetch_pdf=lambda zoho, creditnote_id: zoho.books.credit_notes.pdf(creditnote_id),
    hidden_statuses=credit_note.NOT_FOR_CLIENTS,
    steady_order="",
    has_deltas=True,
    has_total=False,
    id_fields=("creditnote_id",),
    webhook_modules=("creditnote",),
)
SUBSCRIPTIONS = ZohoDocumentKind(
    name=DocumentKind.SUBSCRIPTIONS,
    document=Subscription,
    pages=lambda zoho: zoho.billing.subscriptions.list_page,
    fetch=lambda zoho, subscription_id: zoho.billing.subscriptions.get(subscription_id),
    fetch_pdf=None,
    hidden_statuses=NOTHING_HIDDEN,
    steady_order="",
    has_deltas=False,
    has_total=False,
    id_fields=("subscription_id",),
    webhook_modules=("subscription",),
)
RECURRING_INVOICES = ZohoDocumentKind(
    name=DocumentKind.RECURRING_INVOICES,
    document=RecurringInvoice,
    pages=lambda zoho: zoho.books.recurring_invoices.list_page,
    fetch=lambda zoho, recurring_invoice_id: zoho.books.recurring_invoices.get(recurring_invoice_id),
    fetch_pdf=None,
    hidden_statuses=NOTHING_HIDDEN,
    steady_order="",
    has_deltas=False,
    has_total=False,
    id_fields=("recurring_invoice_id",),
    webhook_modules=("recurring_invoice",),
)

ZOHO_DOCUMENTS: Mapping[DocumentKind, ZohoDocumentKind[Any]] = {
    row.name: row
    for row in (
        PAYMENTS,
        CREDIT_NOTES,
        INVOICES,
        ESTIMATES,
        RECURRING_INVOICES,
        SUBSCRIPTIONS,
        CONTACTS,
    )
}
"""In the order in which a webhook's bare record is recognised: an invoice also names its estimate and its
customer.
"""
