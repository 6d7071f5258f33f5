"""Fetch one document again, at a person's request or after a notice that it changed."""

from __future__ import annotations

import structlog

from cache.document_kind import DocumentKind
from cache.scope import CustomerScope
from connectors.zoho.api.errors import ZohoError, ZohoNotFound
from connectors.zoho.document_kinds import ZOHO_DOCUMENTS
from connectors.zoho.documents.payment import Payment
from connectors.zoho.organisation_clients import OrganisationClients
from workers.copies.contact_persons import forget_persons, store_contact
from workers.email.notifications import notify_of_changes
from workers.pull.deletions import is_vendor, recheck_document
from workers.pull.lag import lags
from workers.pull.open_payments import enqueue_open_payments
from workers.services import Services

MOST_INVOICES = 5
"""Invoices of one payment that are read at once; the next sync finds the others."""

log = structlog.get_logger()


def read_one_document(org: str, kind: str, document_id: str, services: Services) -> None:
    """kind: a mirrored list. If Zoho cannot be reached nothing happens: the next sync reads it anyway."""
    zoho = OrganisationClients(services.zoho, org)
    try:
        if kind == DocumentKind.CONTACTS:
            _read_contact(services, org, zoho, document_id)
        else:
            _read(services, org, zoho, kind, document_id)
        if kind == DocumentKind.PAYMENTS:
            _read_paid_invoices(services, org, zoho, document_id)
    except ZohoError as error:
        log.info("document_not_read", org=org, kind=kind, document=document_id, error=type(error).__name__)


def _read(services: Services, org: str, zoho: OrganisationClients, kind: str, document_id: str) -> None:
    """Record its lag here as well: the next sync will not see it as new."""
    cursor = services.sync_states.get(org, kind).cursor
    row = services.mirror.by_id(org, kind, document_id)
    fetched = recheck_document(services, org, zoho, ZOHO_DOCUMENTS[DocumentKind(kind)], document_id)
    if fetched is not None:
        notify_of_changes(
            services,
            org,
            [fetched.value],
            before={document_id: row} if row else {},
            after=cursor,
            as_of=fetched.as_of,
        )
        if kind == DocumentKind.INVOICES:
            enqueue_open_payments(services, org, [document_id])
        services.sync_lags.note(
            org, kind, lags([fetched.value], stored=[document_id], after=cursor, as_of=fetched.as_of)
        )


def _read_contact(services: Services, org: str, zoho: OrganisationClients, contact_id: str) -> None:
    try:
        fetched = zoho.books.contacts.get(contact_id)
    except ZohoNotFound:
        fetched = None
    if fetched is None or is_vendor(fetched.value):
        services.mirror.remove(org, DocumentKind.CONTACTS, contact_id)
        forget_persons(services, org, contact_id)
    else:
        store_contact(services, org, fetched)


def _read_paid_invoices(services: Services, org: str, zoho: OrganisationClients, payment_id: str) -> None:
    """A payment changes invoices, and whether Zoho sends webhooks for those is not documented
    (zoho.md 6.4).
    """
    row = services.mirror.by_id(org, DocumentKind.PAYMENTS, payment_id)
    kept = (
        services.documents.get(
            CustomerScope(org, row.customer_id), DocumentKind.PAYMENTS, payment_id, row.version or None
        )
        if row
        else None
    )
    if kept is not None:
        for part in Payment.from_stored(kept.body).applied[:MOST_INVOICES]:
            _read(services, org, zoho, DocumentKind.INVOICES, part.invoice_id)
