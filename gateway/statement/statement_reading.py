"""A customer's statement from the mirrored lists: all of it or no sum at all, with the time of the oldest
list.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeVar

from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.credit_note import CreditNote
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.payment import Payment
from gateway.access import ClientVisit
from gateway.forms.statement_range import StatementRange
from gateway.reading.document_kinds import CONTACTS, CREDIT_NOTES, INVOICES, PAYMENTS, DocumentKind
from gateway.reading.list_reading import freshness
from gateway.statement.account_statement import CurrencyStatement, statements_of
from gateway.statement.refund_reading import RefundsUnknown, read_refunds
from gateway.statement.statement_entries import AccountDocuments
from gateway.template_filters import today
from gateway.wiring import wired

D = TypeVar("D", Invoice, Payment, CreditNote)

MOST_DOCUMENTS = 10_000
"""Of one kind and one customer: more are not added up while somebody waits."""


class IncompleteList(Exception):
    """A list is not there whole, so that a sum of it would be wrong. is_filling: it is being read for the
    first time.
    """

    def __init__(self, name: str, *, is_filling: bool) -> None:
        super().__init__(name)
        self.name, self.is_filling = name, is_filling


@dataclass(frozen=True)
class StatementReading:
    """said_at: the oldest of the lists it is made of. lacks: what is missing, "" for nothing: then there are
    no statements. waits: the page should try again by itself.
    """

    statements: tuple[CurrencyStatement, ...] = ()
    said_at: dt.datetime | None = None
    is_old: bool = False
    lacks: str = ""
    waits: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing was ever issued or paid."""
        return not self.statements and not self.lacks


def read_statement(visit: ClientVisit, asked: StatementRange) -> StatementReading:
    """The statement from the first to the last day that was asked for."""
    said_at, is_old = _freshness(visit)
    try:
        invoices, notes, payments = (
            _whole(visit, INVOICES),
            _whole(visit, CREDIT_NOTES),
            _whole(visit, PAYMENTS),
        )
        refunds = read_refunds(visit, notes, payments)
    except IncompleteList as incomplete:
        return StatementReading((), said_at, is_old, lacks=incomplete.name, waits=incomplete.is_filling)
    except RefundsUnknown:
        return StatementReading((), said_at, is_old, lacks="refunds", waits=visit.is_connected)
    documents = AccountDocuments(
        invoices=invoices,
        credit_notes=notes,
        payments=payments,
        refunds=refunds.refunds,
        home_currency=_home_currency(visit),
    )
    oldest = min((one for one in (said_at, refunds.said_at) if one), default=None)
    return StatementReading(statements_of(documents, asked.since, asked.until, today=today()), oldest, is_old)


def _whole(visit: ClientVisit, kind: DocumentKind[D]) -> tuple[D, ...]:
    """Every document of a list that the customer may see. Raises IncompleteList."""
    page = wired().mirror.page(
        visit.scope,
        kind.name,
        hidden=kind.hidden_statuses,
        sort="date",
        descending=False,
        offset=0,
        limit=MOST_DOCUMENTS,
    )
    if not page.is_complete:
        raise IncompleteList(kind.name, is_filling=True)
    if page.total > MOST_DOCUMENTS:
        raise IncompleteList("too_many", is_filling=False)
    return tuple(kind.document.from_stored(row.body) for row in page.rows)


def _freshness(visit: ClientVisit) -> tuple[dt.datetime | None, bool]:
    found = [freshness(visit, kind.name, None) for kind in (INVOICES, CREDIT_NOTES, PAYMENTS)]
    times = [said_at for said_at, _ in found if said_at]
    return min(times, default=None), any(is_old for _, is_old in found)


def _home_currency(visit: ClientVisit) -> str:
    row = wired().mirror.one(visit.scope, CONTACTS.name, visit.scope.customer_id)
    return Contact.from_stored(row.body).currency if row else ""
