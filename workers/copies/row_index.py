"""What each kind of document is sorted by and narrowed by in its list. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import singledispatch

from cache.copies.mirror.row_facets import ALWAYS_LATE, NEVER_LATE, PARTLY_PAID, UNPAID, UNUSED, RowFacets
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.credit_note import CreditNote
from connectors.zoho.documents.document import Document
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.payment import Payment
from connectors.zoho.documents.recurring_invoice import RecurringInvoice
from connectors.zoho.documents.subscription import Subscription


@dataclass(frozen=True)
class RowIndex:
    """sort: name → what to sort by, as text."""

    sort: Mapping[str, str]
    facets: RowFacets


@singledispatch
def row_index(document: Document) -> RowIndex:
    """For every kind that has a list."""
    raise TypeError(f"no list is kept of {type(document).__name__}")


@row_index.register
def _contact(contact: Contact) -> RowIndex:
    words = join_text(contact.name, contact.company_name, contact.email)
    return RowIndex({}, RowFacets(currency=contact.currency, search=words))


@row_index.register
def _estimate(estimate: Estimate) -> RowIndex:
    sort = {**_sort(estimate.date, estimate.number, estimate.total), "due_date": _day(estimate.expires_on)}
    late_from = _after(estimate.expires_on, is_late_in_zoho=estimate.status == "expired")
    words = join_text(estimate.number, estimate.reference, estimate.customer_name)
    return RowIndex(
        sort, RowFacets(currency=estimate.currency, day=estimate.date, late_from=late_from, search=words)
    )


@row_index.register
def _invoice(invoice: Invoice) -> RowIndex:
    sort = {**_sort(invoice.date, invoice.number, invoice.total), "due_date": _day(invoice.due_on)}
    late_from = _after(invoice.due_on, is_late_in_zoho=invoice.status == "overdue")
    marks = (UNPAID if invoice.is_unpaid else "") + (PARTLY_PAID if invoice.is_partly_paid else "")
    words = join_text(invoice.number, invoice.reference, invoice.customer_name)
    facets = RowFacets(
        currency=invoice.currency,
        day=invoice.date,
        late_from=late_from,
        marks=marks,
        due=invoice.due_on,
        search=words,
    )
    return RowIndex(sort, facets)


@row_index.register
def _payment(payment: Payment) -> RowIndex:
    words = join_text(payment.number, payment.reference, payment.mode, *payment.invoice_numbers)
    facets = RowFacets(
        currency=payment.currency,
        day=payment.date,
        marks=UNUSED if payment.unused_amount else "",
        search=words,
    )
    return RowIndex(_sort(payment.date, payment.number, payment.amount), facets)


@row_index.register
def _credit_note(note: CreditNote) -> RowIndex:
    facets = RowFacets(
        currency=note.currency,
        day=note.date,
        search=join_text(note.number, note.reference, note.customer_name),
    )
    return RowIndex(_sort(note.date, note.number, note.total), facets)


@row_index.register
def _subscription(subscription: Subscription) -> RowIndex:
    words = join_text(subscription.plan_label, subscription.name)
    facets = RowFacets(currency=subscription.currency, day=subscription.created_on, search=words)
    return RowIndex(_sort(subscription.created_on, subscription.plan_label, subscription.amount), facets)


@row_index.register
def _recurring_invoice(profile: RecurringInvoice) -> RowIndex:
    facets = RowFacets(currency=profile.currency, day=profile.starts_on, search=profile.name)
    return RowIndex(_sort(profile.starts_on, profile.name, None), facets)


def join_text(*parts: str) -> str:
    """The parts that say something, as one text."""
    return " ".join(part for part in parts if part)


def _sort(day: dt.date | None, number: str, total: Decimal | None) -> dict[str, str]:
    return {"date": _day(day), "number": number, "total": "" if total is None else str(total)}


def _after(last_day: dt.date | None, *, is_late_in_zoho: bool) -> str:
    """The first day on which the document is late. is_late_in_zoho: Zoho already calls it so, whatever our
    calendar says.
    """
    if is_late_in_zoho:
        return ALWAYS_LATE
    return (
        (last_day + dt.timedelta(days=1)).isoformat() if last_day and last_day < dt.date.max else NEVER_LATE
    )


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
