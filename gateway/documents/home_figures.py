"""Data of the client's home page: pending actions, balances, credit and people. Read from the mirror only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cache.records.orders.order import Order
from cache.records.sync.sync_state import SUBSCRIPTION_LISTS
from connectors.zoho.document_kinds import CONTACTS, ESTIMATES, INVOICES, PAYMENTS, ZOHO_DOCUMENTS
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import OPEN_STATUSES, Invoice
from connectors.zoho.documents.payment import Payment
from gateway.document_kinds import DOCUMENT_PAGES
from gateway.documents.ageing import Outstanding, outstanding
from gateway.paying.available_credit import CreditSum, credit_sums
from gateway.reading.currency_sums import Sum, sums
from gateway.reading.list_reader import all_open_rows
from gateway.reading.subscription_source import subscription_kind
from gateway.requests.open_orders import open_orders
from gateway.web.access import ClientVisit
from gateway.web.services import services
from gateway.web.template_filters import today

DUE_SOON_DAYS = 7

FIXED_KINDS = tuple(
    kind for kind, row in DOCUMENT_PAGES.items() if row.fills_home and kind not in SUBSCRIPTION_LISTS.values()
)
"""What fills the page wherever the merchant's subscriptions come from."""


@dataclass(frozen=True, kw_only=True)
class Home:
    """estimates: answerable ones, those with an open answer last; answers: estimate → its open answer. due:
    unpaid and not overdue; due_soon: those due within a week. credit: None when not known per document.

    knows_invoices: the list is complete. is_cold: some list is not. has_nothing: no document ever existed.
    """

    estimates: list[Estimate]
    answers: dict[str, Order]
    overdue: list[Invoice]
    due: list[Invoice]
    due_soon: list[Invoice]
    outstanding: list[Outstanding]
    credit: list[CreditSum] | None
    last_payment: Payment | None
    customer: Contact | None
    customer_as_of: dt.datetime | None
    knows_invoices: bool
    is_cold: bool
    has_nothing: bool

    @property
    def unanswered(self) -> list[Estimate]:
        return [estimate for estimate in self.estimates if estimate.id not in self.answers]

    @property
    def estimate_sums(self) -> list[Sum]:
        return sums((item.currency, item.total) for item in self.unanswered)

    @property
    def overdue_sums(self) -> list[Sum]:
        return sums((item.currency, item.balance) for item in self.overdue)

    @property
    def due_sums(self) -> list[Sum]:
        return sums((item.currency, item.balance) for item in self.due)


def read_home(visit: ClientVisit) -> Home:
    """Only the sections the merchant has switched on."""
    day, mirror, shown = today(), services().mirror, visit.settings
    waiting = all_open_rows(visit, ESTIMATES, frozenset({"sent"}), by="date") if shown.shows_estimates else []
    open_invoices = (
        all_open_rows(visit, INVOICES, OPEN_STATUSES, by="due_date") if shown.shows_invoices else []
    )
    unpaid = [invoice for invoice in open_invoices if invoice.is_unpaid]
    overdue, due = (
        [item for item in unpaid if item.is_overdue(day)],
        [item for item in unpaid if not item.is_overdue(day)],
    )
    answers = open_orders(visit)
    last_payment = _last_payment(visit) if shown.shows_payments else None
    row = mirror.get(visit.scope, CONTACTS.name, visit.scope.customer_id)
    is_cold = not all(mirror.is_complete(visit.scope.org, kind) for kind in FIXED_KINDS)
    return Home(
        estimates=sorted(
            (item for item in waiting if item.can_be_answered(day)), key=lambda one: one.id in answers
        ),
        answers=answers,
        overdue=overdue,
        due=due,
        due_soon=[item for item in due if item.due_on and (item.due_on - day).days <= DUE_SOON_DAYS],
        outstanding=outstanding(unpaid, day),
        credit=credit_sums(visit),
        last_payment=last_payment,
        customer=Contact.from_stored(row.body) if row else None,
        customer_as_of=row.as_of if row else None,
        knows_invoices=mirror.is_complete(visit.scope.org, INVOICES.name),
        is_cold=is_cold,
        has_nothing=not is_cold and not (waiting or unpaid or last_payment) and not _has_documents(visit),
    )


def _last_payment(visit: ClientVisit) -> Payment | None:
    page = services().mirror.page(visit.scope, PAYMENTS.name, sort="date", descending=True, offset=0, limit=1)
    return Payment.from_stored(page.rows[0].body) if page.rows and page.is_complete else None


def _has_documents(visit: ClientVisit) -> bool:
    """Whether this customer has any document they may see."""
    source = subscription_kind(visit)
    kinds = [*FIXED_KINDS, *([source.name] if source else [])]
    pages = (
        services().mirror.page(
            visit.scope,
            kind,
            hidden=ZOHO_DOCUMENTS[kind].hidden_statuses,
            sort="date",
            descending=True,
            offset=0,
            limit=1,
        )
        for kind in kinds
    )
    return any(page.total for page in pages)
