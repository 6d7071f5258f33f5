"""How a document of Zoho's becomes a row of the mirror: whose it is, what it is sorted and searched by. Pure."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cache.copies.mirror_row import IndexedRow
from cache.copies.row_facets import ALWAYS_LATE, NEVER_LATE, PARTLY_PAID, UNPAID, RowFacets
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.contact_person import ContactPerson
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.payment import Payment

Kept = Estimate | Invoice | Payment | Contact

DETAILS = frozenset({
    "customer_name", "line_items", "taxes", "sub_total", "tax_total", "discount", "discount_percent", "shipping", "adjustment",
    "adjustment_words", "notes", "terms", "billing_address", "shipping_address", "payment_made", "credits_applied", "write_off",
    "allows_partial", "gateways", "estimate_id", "recurring_invoice_id", "invoice_ids", "applied", "description", "url",
})  # fmt: skip
"""Fields that no list shows. Rows leave them out: they are most of a row, a row is the same whether it was made of a list
row or of a detail, and the bearer link of an invoice does not belong into something that is kept (FACTS 7.1).
"""


def mirror_row(kind: str, document: Kept, said_at: dt.datetime) -> IndexedRow:
    """kind: contacts, estimates, invoices or payments, and the document of that kind."""
    return IndexedRow(
        kind=kind, id=document.id, customer_id=owner_of(document), version=document.version, status=document.status,
        sort=_sort(document), facets=_facets(document), body=_listed(document), said_at=said_at,
    )  # fmt: skip


def person_row(person: ContactPerson, contact: Contact, said_at: dt.datetime) -> IndexedRow:
    """A contact person under their customer. Persons carry no time of change: the customer's stands for it."""
    return IndexedRow(
        kind="persons", id=person.id, customer_id=contact.id, version=contact.version, status="",
        sort={"name": person.full_name or person.email}, facets=RowFacets(search=_text(person.full_name, person.email)),
        body=person.stored(), said_at=said_at,
    )  # fmt: skip


def owner_of(document: Kept) -> str:
    """The customer a document belongs to; a contact belongs to itself."""
    return document.id if isinstance(document, Contact) else document.customer_id


def _sort(document: Kept) -> dict[str, str]:
    if isinstance(document, Contact):
        return {"name": document.name}
    if isinstance(document, Payment):
        return {"date": _day(document.date), "number": document.number, "total": str(document.amount)}
    sort = {"date": _day(document.date), "number": document.number, "total": str(document.total)}
    if isinstance(document, Invoice):
        return {**sort, "due_date": _day(document.due_on)}
    return {**sort, "due_date": _day(document.expires_on)}


def _facets(document: Kept) -> RowFacets:
    if isinstance(document, Contact):
        return RowFacets(currency=document.currency, search=_text(document.name, document.company_name, document.email))
    if isinstance(document, Payment):
        words = _text(document.number, document.reference, document.mode, *document.invoice_numbers)
        return RowFacets(currency=document.currency, day=document.date, search=words)
    words = _text(document.number, document.reference, document.customer_name)
    if isinstance(document, Estimate):
        late_from = _after(document.expires_on, said=document.status == "expired")
        return RowFacets(currency=document.currency, day=document.date, late_from=late_from, search=words)
    return RowFacets(
        currency=document.currency, day=document.date, late_from=_after(document.due_on, said=document.status == "overdue"),
        marks=_marks(document), search=words,
    )  # fmt: skip


def _marks(invoice: Invoice) -> str:
    if not invoice.is_unpaid:
        return ""
    return UNPAID + (PARTLY_PAID if invoice.is_partly_paid else "")


def _after(last_day: dt.date | None, *, said: bool) -> str:
    """The first day on which the document is late. said: Zoho already calls it so, whatever our calendar says."""
    if said:
        return ALWAYS_LATE
    return (last_day + dt.timedelta(days=1)).isoformat() if last_day and last_day < dt.date.max else NEVER_LATE


def _listed(document: Kept) -> dict[str, Any]:
    body = document.stored()
    if isinstance(document, Contact):
        return body
    return {name: value for name, value in body.items() if name not in DETAILS}


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _text(*parts: str) -> str:
    return " ".join(part for part in parts if part)
