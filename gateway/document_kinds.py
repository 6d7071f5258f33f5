"""The kinds of documents a client may read: how they are kept, which of them clients may see, and how Zoho is asked
for one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from connectors.zoho.books.client import BooksClient
from connectors.zoho.books.said import Said
from connectors.zoho.documents import estimate, invoice
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.payment import Payment
from connectors.zoho.line_answers import PdfAnswer

D = TypeVar("D", Estimate, Invoice, Payment, Contact)


@dataclass(frozen=True)
class DocumentKind(Generic[D]):
    """name: the kind's name in the copies. noun: its word for people. owner: the customer a document belongs to.

    hidden_statuses: documents in these have not been issued; for clients they do not exist.
    """

    name: str
    noun: str
    document: type[D]
    owner: Callable[[D], str]
    hidden_statuses: frozenset[str]
    ask: Callable[[BooksClient, str], Said[D]]
    ask_pdf: Callable[[BooksClient, str], PdfAnswer] | None = None


ESTIMATES = DocumentKind(
    "estimates",
    "estimate",
    Estimate,
    lambda one: one.customer_id,
    estimate.NOT_FOR_CLIENTS,
    lambda books, id: books.estimates.get(id),
    lambda books, id: books.estimates.pdf(id),
)
INVOICES = DocumentKind(
    "invoices",
    "invoice",
    Invoice,
    lambda one: one.customer_id,
    invoice.NOT_FOR_CLIENTS,
    lambda books, id: books.invoices.get(id),
    lambda books, id: books.invoices.pdf(id),
)
PAYMENTS = DocumentKind(
    "payments",
    "payment",
    Payment,
    lambda one: one.customer_id,
    frozenset(),
    lambda books, id: books.customer_payments.get(id),
)
CONTACTS = DocumentKind(
    "contacts",
    "customer",
    Contact,
    lambda one: one.id,
    frozenset(),
    lambda books, id: books.contacts.get(id),
)
