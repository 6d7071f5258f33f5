"""How a document of Zoho's becomes a row of the mirror. Pure."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cache.copies.mirror.mirror_row import IndexedRow
from cache.copies.mirror.row_facets import WITH_ADDRESS, RowFacets
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.contact_person import ContactPerson
from connectors.zoho.documents.credit_note import CreditNote
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.payment import Payment
from connectors.zoho.documents.recurring_invoice import RecurringInvoice
from connectors.zoho.documents.subscription import Subscription
from workers.copies.row_index import join_text, row_index

MirroredDocument = Estimate | Invoice | Payment | Contact | CreditNote | Subscription | RecurringInvoice

DETAILS = frozenset(
    {
        "customer_name",
        "line_items",
        "taxes",
        "sub_total",
        "tax_total",
        "discount",
        "discount_percent",
        "shipping",
        "adjustment",
        "adjustment_label",
        "language",
        "notes",
        "terms",
        "billing_address",
        "shipping_address",
        "payment_made",
        "credits_applied",
        "refunded",
        "refunded_in_base",
        "allows_partial",
        "gateways",
        "estimate_id",
        "recurring_invoice_id",
        "invoice_ids",
        "applied",
        "description",
        "url",
    }
)
"""Fields that no list shows. Rows leave them out: they are most of a row, a row is the same whether it was
made of a list row or of a detail, and the bearer link of an invoice does not belong into something that is
kept (zoho.md 7.1).
"""


def mirror_row(kind: str, document: MirroredDocument, as_of: dt.datetime) -> IndexedRow:
    """kind: the name of the mirrored list that the document is of."""
    shape = row_index(document)
    return IndexedRow(
        kind=kind,
        id=document.id,
        customer_id=owner_of(document),
        version=document.version,
        status=document.status,
        sort=shape.sort,
        facets=shape.facets,
        body=_listed(document),
        as_of=as_of,
        place=document.name.casefold() if isinstance(document, Contact) else None,
    )


def person_row(person: ContactPerson, contact: Contact, as_of: dt.datetime) -> IndexedRow:
    """A contact person under their customer. Persons carry no time of change: the customer's stands for
    it.
    """
    words, marks = join_text(person.full_name, person.email), WITH_ADDRESS if person.email else ""
    return IndexedRow(
        kind="persons",
        id=person.id,
        customer_id=contact.id,
        version=contact.version,
        status="",
        sort={"name": person.full_name or person.email},
        facets=RowFacets(search=words, marks=marks, owner=contact.id),
        body=person.to_stored(),
        as_of=as_of,
    )


def owner_of(document: MirroredDocument) -> str:
    """The customer a document belongs to; a contact belongs to itself."""
    return document.id if isinstance(document, Contact) else document.customer_id


def _listed(document: MirroredDocument) -> dict[str, Any]:
    body = document.to_stored()
    if isinstance(document, Contact):
        return body
    return {name: value for name, value in body.items() if name not in DETAILS}
