"""How each kind of document becomes a row of the mirror, and how often its list is read: one row per kind.
Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic

from cache.copies.mirror.row_facets import PARTLY_PAID, UNPAID, UNUSED, RowFacets
from cache.document_kind import DocumentKind
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.credit_note import CreditNote
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.mirrored_document import D
from connectors.zoho.documents.payment import Payment
from connectors.zoho.documents.recurring_invoice import RecurringInvoice
from connectors.zoho.documents.subscription import Subscription
from workers.copies.row_index import RowIndex, day_text, document_sort, join_text, late_from

EVERY_ROUND, SELDOM = 1, 6

ON_PAPER = frozenset(
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
        "notes",
        "terms",
        "billing_address",
        "shipping_address",
    }
)
"""Fields shown only on the document itself, for estimates and invoices alike."""


@dataclass(frozen=True, kw_only=True)
class RowKind(Generic[D]):
    """index: what the list is sorted and filtered by. place: its sort key in the merchant's directory, None
    if it is not listed there.

    details: fields that no list shows. Rows leave them out: they are most of a row, rows made of a list row
    and of a detail must be equal, and an invoice's bearer URL must not be stored (zoho.md 7.1).
    every: the list is read once in this many rounds; what seldom changes, or can only be read in full, need
    not cost a call in each. is_independent: of another product: a failed read says nothing about the others.
    is_notified: people get emails about changes.
    """

    name: DocumentKind
    index: Callable[[D], RowIndex]
    place: Callable[[D], str] | None
    details: frozenset[str]
    every: int
    is_independent: bool
    is_notified: bool


def _contact(contact: Contact) -> RowIndex:
    text = join_text(contact.name, contact.company_name, contact.email)
    return RowIndex({}, RowFacets(currency=contact.currency, search=text))


def _estimate(estimate: Estimate) -> RowIndex:
    sort = document_sort(estimate.date, estimate.number, estimate.total)
    facets = RowFacets(
        currency=estimate.currency,
        day=estimate.date,
        late_from=late_from(estimate.expires_on, is_late_in_zoho=estimate.status == "expired"),
        search=join_text(estimate.number, estimate.reference, estimate.customer_name),
    )
    return RowIndex({**sort, "due_date": day_text(estimate.expires_on)}, facets)


def _invoice(invoice: Invoice) -> RowIndex:
    sort = document_sort(invoice.date, invoice.number, invoice.total)
    facets = RowFacets(
        currency=invoice.currency,
        day=invoice.date,
        late_from=late_from(invoice.due_on, is_late_in_zoho=invoice.status == "overdue"),
        marks=(UNPAID if invoice.is_unpaid else "") + (PARTLY_PAID if invoice.is_partly_paid else ""),
        due=invoice.due_on,
        search=join_text(invoice.number, invoice.reference, invoice.customer_name),
    )
    return RowIndex({**sort, "due_date": day_text(invoice.due_on)}, facets)


def _payment(payment: Payment) -> RowIndex:
    facets = RowFacets(
        currency=payment.currency,
        day=payment.date,
        marks=UNUSED if payment.unused_amount else "",
        search=join_text(payment.number, payment.reference, payment.mode, *payment.invoice_numbers),
    )
    return RowIndex(document_sort(payment.date, payment.number, payment.amount), facets)


def _credit_note(note: CreditNote) -> RowIndex:
    text = join_text(note.number, note.reference, note.customer_name)
    facets = RowFacets(currency=note.currency, day=note.date, search=text)
    return RowIndex(document_sort(note.date, note.number, note.total), facets)


def _subscription(subscription: Subscription) -> RowIndex:
    day, label = subscription.created_on, subscription.plan_label
    facets = RowFacets(currency=subscription.currency, day=day, search=join_text(label, subscription.name))
    return RowIndex(document_sort(day, label, subscription.amount), facets)


def _recurring_invoice(profile: RecurringInvoice) -> RowIndex:
    facets = RowFacets(currency=profile.currency, day=profile.starts_on, search=profile.name)
    return RowIndex(document_sort(profile.starts_on, profile.name, None), facets)


ROW_KINDS: Mapping[DocumentKind, RowKind[Any]] = {
    row.name: row
    for row in (
        RowKind(
            name=DocumentKind.CONTACTS,
            index=_contact,
            place=lambda contact: contact.name.casefold(),
            details=frozenset(),
            every=EVERY_ROUND,
            is_independent=False,
            is_notified=False,
        ),
        RowKind(
            name=DocumentKind.ESTIMATES,
            index=_estimate,
            place=None,
            details=ON_PAPER | {"invoice_ids", "url"},
            every=EVERY_ROUND,
            is_independent=False,
            is_notified=True,
        ),
        RowKind(
            name=DocumentKind.INVOICES,
            index=_invoice,
            place=None,
            details=ON_PAPER
            | {
                "payment_made",
                "credits_applied",
                "allows_partial",
                "gateways",
                "recurring_invoice_id",
                "estimate_id",
                "url",
            },
            every=EVERY_ROUND,
            is_independent=False,
            is_notified=True,
        ),
        RowKind(
            name=DocumentKind.PAYMENTS,
            index=_payment,
            place=None,
            details=frozenset({"customer_name", "refunded", "refunded_in_base", "description", "applied"}),
            every=EVERY_ROUND,
            is_independent=False,
            is_notified=True,
        ),
        RowKind(
            name=DocumentKind.CREDIT_NOTES,
            index=_credit_note,
            place=None,
            details=frozenset(
                {
                    "customer_name",
                    "sub_total",
                    "tax_total",
                    "line_items",
                    "taxes",
                    "applied",
                    "notes",
                    "terms",
                }
            ),
            every=SELDOM,
            is_independent=False,
            is_notified=False,
        ),
        RowKind(
            name=DocumentKind.SUBSCRIPTIONS,
            index=_subscription,
            place=None,
            details=frozenset({"customer_name"}),
            every=SELDOM,
            is_independent=True,
            is_notified=False,
        ),
        RowKind(
            name=DocumentKind.RECURRING_INVOICES,
            index=_recurring_invoice,
            place=None,
            details=frozenset({"customer_name"}),
            every=SELDOM,
            is_independent=False,
            is_notified=False,
        ),
    )
}
