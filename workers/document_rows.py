"""How a document of Zoho's becomes a row of the mirror: whose it is, what it is sorted and searched by. Pure."""

from __future__ import annotations

import datetime as dt

from cache.copies.mirror_row import MirrorRow
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.contact_person import ContactPerson
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.payment import Payment

Kept = Estimate | Invoice | Payment | Contact

def mirror_row(kind: str, document: Kept, said_at: dt.datetime) -> MirrorRow:
    """kind: contacts, estimates, invoices or payments, and the document of that kind."""
    return MirrorRow(
        kind=kind, id=document.id, customer_id=owner_of(document), version=document.version,
        status=document.status, sort=_sort(document), search=_search(document), body=document.stored(), said_at=said_at,
    )  # fmt: skip


def person_row(person: ContactPerson, contact: Contact, said_at: dt.datetime) -> MirrorRow:
    """A contact person under their customer. Persons carry no time of change: the customer's stands for it."""
    return MirrorRow(
        kind="persons", id=person.id, customer_id=contact.id, version=contact.version, status="",
        sort={"name": person.full_name or person.email}, search=_text(person.full_name, person.email),
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


def _search(document: Kept) -> str:
    if isinstance(document, Contact):
        return _text(document.name, document.company_name, document.email)
    if isinstance(document, Payment):
        return _text(document.number, document.reference, document.mode, *document.invoice_numbers)
    return _text(document.number, document.reference, document.customer_name)


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _text(*parts: str) -> str:
    return " ".join(part for part in parts if part)
