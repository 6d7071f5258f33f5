"""A customer's statement from the mirrored lists: complete or none at all, as of the oldest list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeVar

from connectors.zoho.document_kinds import CONTACTS, CREDIT_NOTES, INVOICES, PAYMENTS, ZohoDocumentKind
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.credit_note import CreditNote
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.payment import Payment
from gateway.documents.statement.account_statement import CurrencyStatement, statements_of
from gateway.documents.statement.entries import AccountDocuments
from gateway.documents.statement.forms import StatementRange
from gateway.documents.statement.refunds import RefundsUnknown, read_refunds
from gateway.reading.list_reader import freshness
from gateway.web.access import ClientVisit
from gateway.web.services import services
from gateway.web.template_filters import today

D = TypeVar("D", Invoice, Payment, CreditNote)

MAX_DOCUMENTS = 10_000
"""Of one kind and one customer: more are not added up while somebody waits."""


class IncompleteList(Exception):
    """A list is incomplete, so a sum would be wrong. is_filling: its first read is in progress."""

    def __init__(self, name: str, *, is_filling: bool) -> None:
        super().__init__(name)
        self.name, self.is_filling = name, is_filling


@dataclass(frozen=True)
class LoadedStatement:
    """as_of: of the oldest list used. lacks: what is missing, "" for nothing; if set, there are no
    statements. will_retry: the page should reload itself.
    """

    statements: tuple[CurrencyStatement, ...] = ()
    as_of: dt.datetime | None = None
    is_stale: bool = False
    missing: str = ""
    will_retry: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever issued or paid."""
        return not self.statements and not self.missing


def read_statement(visit: ClientVisit, asked: StatementRange) -> LoadedStatement:
    """The statement for the requested dates, inclusive."""
    as_of, is_stale = _freshness(visit)
    try:
        invoices, notes, payments = (
            _whole(visit, INVOICES),
            _whole(visit, CREDIT_NOTES),
            _whole(visit, PAYMENTS),
        )
        refunds = read_refunds(visit, notes, payments)
    except IncompleteList as incomplete:
        return LoadedStatement((), as_of, is_stale, missing=incomplete.name, will_retry=incomplete.is_filling)
    except RefundsUnknown:
        return LoadedStatement((), as_of, is_stale, missing="refunds", will_retry=visit.is_connected)
    documents = AccountDocuments(
        invoices=invoices,
        credit_notes=notes,
        payments=payments,
        refunds=refunds.refunds,
        home_currency=_home_currency(visit),
    )
    oldest = min((item for item in (as_of, refunds.as_of) if item), default=None)
    return LoadedStatement(
        statements_of(documents, asked.since, asked.until, today=today()), oldest, is_stale
    )


def _whole(visit: ClientVisit, kind: ZohoDocumentKind[D]) -> tuple[D, ...]:
    """All documents of a list that the customer may see. Raises IncompleteList."""
    page = services().mirror.page(
        visit.scope,
        kind.name,
        hidden=kind.hidden_statuses,
        sort="date",
        descending=False,
        offset=0,
        limit=MAX_DOCUMENTS,
    )
    if not page.is_complete:
        raise IncompleteList(kind.name, is_filling=True)
    if page.total > MAX_DOCUMENTS:
        raise IncompleteList("too_many", is_filling=False)
    return tuple(kind.document.from_stored(row.body) for row in page.rows)


def _freshness(visit: ClientVisit) -> tuple[dt.datetime | None, bool]:
    found = [freshness(visit, kind.name, None) for kind in (INVOICES, CREDIT_NOTES, PAYMENTS)]
    times = [as_of for as_of, _ in found if as_of]
    return min(times, default=None), any(is_stale for _, is_stale in found)


def _home_currency(visit: ClientVisit) -> str:
    row = services().mirror.get(visit.scope, CONTACTS.name, visit.scope.customer_id)
    return Contact.from_stored(row.body).currency if row else ""
