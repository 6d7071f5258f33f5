"""Payments and credits of one invoice, with dates: fetched from Zoho on demand and cached until the invoice
changes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

import structlog

from connectors.zoho.api.errors import ZohoError
from connectors.zoho.documents.document import Document
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.invoice_settlements import AppliedCredit, InvoicePayment
from connectors.zoho.organisation_clients import OrganisationClients
from gateway.reading.cold_reads import FetchTimeout
from gateway.reading.zoho_fetch import fetch_for_person
from gateway.web.access import ClientVisit
from gateway.web.services import services

log = structlog.get_logger()
KIND = "settlements"


@dataclass(frozen=True, kw_only=True)
class Settlement(Document):
    """customer_id: the invoice's. Amounts are in the invoice's currency."""

    customer_id: str
    payments: tuple[InvoicePayment, ...] = ()
    credits: tuple[AppliedCredit, ...] = ()


@dataclass(frozen=True)
class LoadedSettlement:
    """as_of: None if nothing was paid or credited, so that no fetch was needed."""

    settlement: Settlement
    as_of: dt.datetime | None = None


def read_settlement(
    visit: ClientVisit, invoice: Invoice, *, may_fetch: bool = True
) -> LoadedSettlement | None:
    """The settlement of an invoice already read for this client. None if Zoho is unavailable, or if it is
    not cached and may_fetch is False.
    """
    scope, documents, basis = visit.scope, services().documents, _basis(invoice)
    if not invoice.payment_made and not invoice.credits_applied:
        return LoadedSettlement(Settlement(customer_id=scope.customer_id))

    def cached() -> LoadedSettlement | None:
        stored = documents.get(scope, KIND, invoice.id, basis)
        return None if stored is None else LoadedSettlement(Settlement.from_stored(stored.body), stored.as_of)

    def fetch(zoho: OrganisationClients) -> LoadedSettlement:
        payments = zoho.books.invoices.payments(invoice.id) if invoice.payment_made else None
        credits = zoho.books.invoices.credits_applied(invoice.id) if invoice.credits_applied else None
        settlement = Settlement(
            customer_id=scope.customer_id,
            payments=payments.value if payments else (),
            credits=credits.value if credits else (),
        )
        as_of = min(fetched.as_of for fetched in (payments, credits) if fetched is not None)
        documents.put(scope.org, KIND, invoice.id, basis, settlement.to_stored(), as_of)
        return LoadedSettlement(settlement, as_of)

    try:
        found = cached()
        if found is not None or not may_fetch:
            return found
        return fetch_for_person(visit, (KIND, invoice.id, basis), fetch, cached=cached)
    except (ZohoError, FetchTimeout) as trouble:
        log.info("settlement_not_read", org=scope.org, id=invoice.id, error=type(trouble).__name__)
        return None


def _basis(invoice: Invoice) -> str:
    """Changes whenever the invoice or its settlement does."""
    parts = (invoice.version, str(invoice.balance), str(invoice.payment_made), str(invoice.credits_applied))
    return hashlib.sha256("/".join(parts).encode()).hexdigest()[:32]
