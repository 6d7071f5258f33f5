"""Reading one document again because somebody asked or something said that it changed."""

from __future__ import annotations

import structlog

from cache.scope import CustomerScope
from connectors.zoho.documents.payment import Payment
from connectors.zoho.errors import ZohoError, ZohoNotFound
from connectors.zoho.zoho_lines import ZohoLines
from workers.job_setup import Resources
from workers.letters.news import write_news
from workers.pull.contact_persons import forget_persons, keep_contact
from workers.pull.deletions import check_one, is_vendor
from workers.pull.lag import lags
from workers.pull.lists import MIRRORED
from workers.pull.open_payments import wake_open_payments

MOST_INVOICES = 5
"""Invoices of one payment that are read at once; the next round finds the others."""

log = structlog.get_logger()


def read_one_document(org: str, kind: str, document_id: str, desk: Resources) -> None:
    """kind: a mirrored list. When Zoho cannot be asked nothing happens: the next sync reads it anyway."""
    zoho = ZohoLines(desk.zoho, org)
    try:
        if kind == "contacts":
            _read_contact(desk, org, zoho, document_id)
        else:
            _read(desk, org, zoho, kind, document_id)
        if kind == "payments":
            _read_what_it_paid(desk, org, zoho, document_id)
    except ZohoError as error:
        log.info("document_not_read", org=org, kind=kind, document=document_id, trouble=type(error).__name__)


def _read(desk: Resources, org: str, zoho: ZohoLines, kind: str, document_id: str) -> None:
    """How late it comes counts here too: what a webhook announced is no news to the next round."""
    cursor = desk.sync_states.get(org, kind).cursor
    row = desk.mirror.by_id(org, kind, document_id)
    said = check_one(desk, org, zoho, MIRRORED[kind], document_id)
    if said is not None:
        write_news(
            desk,
            org,
            [said.value],
            before={document_id: row} if row else {},
            after=cursor,
            said_at=said.said_at,
        )
        if kind == "invoices":
            wake_open_payments(desk, org, [document_id])
        desk.sync_lags.note(
            org, kind, lags([said.value], stored=[document_id], after=cursor, said_at=said.said_at)
        )


def _read_contact(desk: Resources, org: str, zoho: ZohoLines, contact_id: str) -> None:
    try:
        said = zoho.books.contacts.get(contact_id)
    except ZohoNotFound:
        said = None
    if said is None or is_vendor(said.value):
        desk.mirror.remove(org, "contacts", contact_id)
        forget_persons(desk, org, contact_id)
    else:
        keep_contact(desk, org, said)


def _read_what_it_paid(desk: Resources, org: str, zoho: ZohoLines, payment_id: str) -> None:
    """A payment changes invoices, and whether Zoho announces those too is not documented (FACTS 6.4)."""
    row = desk.mirror.by_id(org, "payments", payment_id)
    kept = (
        desk.documents.get(CustomerScope(org, row.customer_id), "payments", payment_id, row.version or None)
        if row
        else None
    )
    if kept is not None:
        for part in Payment.from_stored(kept.body).applied[:MOST_INVOICES]:
            _read(desk, org, zoho, "invoices", part.invoice_id)
