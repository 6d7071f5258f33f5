"""Refunds to a customer. No mirrored list has them, so they are fetched from Zoho and cached until a credit
note or payment they could belong to changes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

import structlog

from connectors.zoho.api.errors import ZohoError
from connectors.zoho.documents.credit_note import CreditNote
from connectors.zoho.documents.document import Document
from connectors.zoho.documents.payment import Payment
from connectors.zoho.documents.refund import CreditNoteRefund, PaymentRefund, Refund
from connectors.zoho.organisation_clients import OrganisationClients
from gateway.reading.cold_reads import FetchTimeout
from gateway.reading.zoho_fetch import fetch_for_person
from gateway.web.access import ClientVisit
from gateway.web.services import services

log = structlog.get_logger()
KIND = "refunds"

MAX_PAYMENTS = 20
"""Payments that were paid back in part, each of which costs a call; a page does not wait for more."""


class RefundsUnknown(Exception):
    """There may be refunds, but Zoho cannot be reached."""


@dataclass(frozen=True, kw_only=True)
class RefundRecord(Document):
    """All refunds of one customer, as cached."""

    customer_id: str
    of_credit_notes: tuple[CreditNoteRefund, ...] = ()
    of_payments: tuple[PaymentRefund, ...] = ()


@dataclass(frozen=True)
class LoadedRefunds:
    """as_of: None when no fetch was needed because nothing can have been refunded."""

    refunds: tuple[Refund, ...] = ()
    as_of: dt.datetime | None = None


def read_refunds(
    visit: ClientVisit, notes: Iterable[CreditNote], payments: Iterable[Payment]
) -> LoadedRefunds:
    """Refunds of these documents of the customer. Raises RefundsUnknown. Skips unused credit notes, which
    cannot have been refunded; payments carry their own refund flag.
    """
    opened = [note for note in notes if note.balance < note.total]
    paid_back = [payment for payment in payments if payment.is_refunded]
    if not opened and not paid_back:
        return LoadedRefunds()
    scope, documents, basis = visit.scope, services().documents, _basis(opened, paid_back)

    def cached() -> LoadedRefunds | None:
        stored = documents.get(scope, KIND, scope.customer_id, basis)
        return None if stored is None else _loaded(RefundRecord.from_stored(stored.body), stored.as_of)

    def fetch(zoho: OrganisationClients) -> LoadedRefunds:
        record, as_of = _fetched(zoho, scope.customer_id, opened, paid_back)
        documents.put(scope.org, KIND, scope.customer_id, basis, record.to_stored(), as_of)
        return _loaded(record, as_of)

    try:
        if len(paid_back) > MAX_PAYMENTS:
            raise FetchTimeout
        return cached() or fetch_for_person(visit, (KIND, basis), fetch, cached=cached)
    except (ZohoError, FetchTimeout) as trouble:
        log.info(
            "refunds_not_read", org=scope.org, customer_id=scope.customer_id, error=type(trouble).__name__
        )
        raise RefundsUnknown from trouble


def _fetched(
    zoho: OrganisationClients, customer_id: str, opened: list[CreditNote], paid_back: list[Payment]
) -> tuple[RefundRecord, dt.datetime]:
    """as_of is that of the oldest response. Keeps only refunds of the customer's own
    credit notes (zoho.md 2.5).
    """
    times: list[dt.datetime] = []
    of_notes: list[CreditNoteRefund] = []
    of_payments: list[PaymentRefund] = []
    if opened:
        fetched = zoho.books.refunds.of_credit_notes(customer_id)
        mine = {item.id for item in opened}
        of_notes = [item for item in fetched.value if item.of_id in mine]
        times.append(fetched.as_of)
    for payment in paid_back:
        found = zoho.books.refunds.of_payment(payment.id)
        of_payments += found.value
        times.append(found.as_of)
    return RefundRecord(
        customer_id=customer_id, of_credit_notes=tuple(of_notes), of_payments=tuple(of_payments)
    ), min(times)


def _loaded(record: RefundRecord, as_of: dt.datetime) -> LoadedRefunds:
    return LoadedRefunds((*record.of_credit_notes, *record.of_payments), as_of)


def _basis(opened: list[CreditNote], paid_back: list[Payment]) -> str:
    """Cache fingerprint: changes whenever one of these documents does."""
    notes = sorted((item.id, item.version, str(item.balance)) for item in opened)
    payments = sorted((item.id, item.version, str(item.unused_amount)) for item in paid_back)
    return hashlib.sha256(json.dumps([notes, payments]).encode()).hexdigest()[:32]


def refunds_of(visit: ClientVisit, document: CreditNote | Payment) -> LoadedRefunds | None:
    """Refunds of one document; None when Zoho cannot be reached."""
    try:
        is_note = isinstance(document, CreditNote)
        return read_refunds(visit, [document] if is_note else [], [] if is_note else [document])  # type: ignore[list-item]
    except RefundsUnknown:
        return None
