"""What each kind of document is sorted by and narrowed by in its list. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import singledispatch

from cache.copies.row_facets import ALWAYS_LATE, NEVER_LATE, PARTLY_PAID, UNPAID, UNUSED, RowFacets
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.credit_note import CreditNote
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.payment import Payment
from connectors.zoho.documents.recurring_invoice import RecurringInvoice
from connectors.zoho.documents.stored_form import Document
from connectors.zoho.documents.subscription import Subscription


@dataclass(frozen=True)
class RowShape:
    """sort: name → what to sort by, as text."""

    sort: Mapping[str, str]
    facets: RowFacets


@singledispatch
def row_shape(document: Document) -> RowShape:
    """For every kind that has a list."""
    raise TypeError(f"no list is kept of {type(document).__name__}")


@row_shape.register
def _contact(contact: Contact) -> RowShape:
    words = text_of(contact.name, contact.company_name, contact.email)
    return RowShape({}, RowFacets(currency=contact.currency, search=words))


@row_shape.register
def _estimate(estimate: Estimate) -> RowShape:
    sort = {**_sort(estimate.date, estimate.number, estimate.total), "due_date": _day(estimate.expires_on)}
    late_from = _after(estimate.expires_on, said=estimate.status == "expired")
    words = text_of(estimate.number, estimate.reference, estimate.customer_name)
    return RowShape(
        sort, RowFacets(currency=estimate.currency, day=estimate.date, late_from=late_from, search=words)
    )


@row_shape.register
def _invoice(invoice: Invoice) -> RowShape:
    sort = {**_sort(invoice.date, invoice.number, invoice.total), "due_date": _day(invoice.due_on)}
    late_from = _after(invoice.due_on, said=invoice.status == "overdue")
    marks = (UNPAID if invoice.is_unpaid else "") + (PARTLY_PAID if invoice.is_partly_paid else "")
    words = text_of(invoice.number, invoice.reference, invoice.customer_name)
    facets = RowFacets(
        currency=invoice.currency,
        day=invoice.date,
        late_from=late_from,
        marks=marks,
        due=invoice.due_on,
        search=words,
    )
    return RowShape(sort, facets)


@row_shape.register
def _payment(payment: Payment) -> RowShape:
    words = text_of(payment.number, payment.reference, payment.mode, *payment.invoice_numbers)
    facets = RowFacets(
        currency=payment.currency,
        day=payment.date,
        marks=UNUSED if payment.unused_amount else "",
        search=words,
    )
    return RowShape(_sort(payment.date, payment.number, payment.amount), facets)


@row_shape.register
def _credit_note(note: CreditNote) -> RowShape:
    facets = RowFacets(
        currency=note.currency, day=note.date, search=text_of(note.number, note.reference, note.customer_name)
    )
    return RowShape(_sort(note.date, note.number, note.total), facets)


@row_shape.register
def _subscription(subscription: Subscription) -> RowShape:
    words = text_of(subscription.plan_words, subscription.name)
    facets = RowFacets(currency=subscription.currency, day=subscription.created_on, search=words)
    return RowShape(_sort(subscription.created_on, subscription.plan_words, subscription.amount), facets)


@row_shape.register
def _recurring_invoice(profile: RecurringInvoice) -> RowShape:
    facets = RowFacets(currency=profile.currency, day=profile.starts_on, search=profile.name)
    return RowShape(_sort(profile.starts_on, profile.name, None), facets)


def text_of(*parts: str) -> str:
    """The parts that say something, as one text."""
    return " ".join(part for part in parts if part)


def _sort(day: dt.date | None, number: str, total: Decimal | None) -> dict[str, str]:
    return {"date": _day(day), "number": number, "total": "" if total is None else str(total)}


def _after(last_day: dt.date | None, *, said: bool) -> str:
    """The first day on which the document is late. said: Zoho already calls it so, whatever our calendar
    says.
    """
    if said:
        return ALWAYS_LATE
    return (
        (last_day + dt.timedelta(days=1)).isoformat() if last_day and last_day < dt.date.max else NEVER_LATE
    )


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
