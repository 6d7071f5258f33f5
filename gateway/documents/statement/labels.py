"""Labels and links of a statement's entries."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import url_for

from gateway.documents.statement.entries import EntryKind, StatementEntry
from gateway.web.access import ClientVisit
from gateway.web.wording import _


def entry_label(entry: StatementEntry) -> str:
    """ "Invoice INV-000042"."""
    if entry.kind is EntryKind.INVOICE:
        return _("Invoice %(number)s", number=entry.number)
    if entry.kind is EntryKind.WRITE_OFF:
        return _("Invoice %(number)s written off", number=entry.number)
    if entry.kind is EntryKind.CREDIT_NOTE:
        return _("Credit note %(number)s", number=entry.number)
    if entry.kind is EntryKind.PAYMENT:
        return _("Payment %(number)s", number=entry.number)
    if entry.of_payment:
        return _("Refund of payment %(number)s", number=entry.number)
    return _("Refund of credit note %(number)s", number=entry.number)


def entry_kind_label(kind: EntryKind) -> str:
    """Plural label of a kind of entry."""
    return {
        EntryKind.INVOICE: _("Invoices"),
        EntryKind.WRITE_OFF: _("Written off"),
        EntryKind.CREDIT_NOTE: _("Credit notes"),
        EntryKind.PAYMENT: _("Payments"),
        EntryKind.REFUND: _("Refunds"),
    }[kind]


def missing_text(missing: str) -> str:
    """Why there is no statement now; "" when there is one."""
    return {
        "": "",
        "invoices": _("Your invoices are still being fetched for the first time."),
        "credit_notes": _("Your credit notes are still being fetched for the first time."),
        "payments": _("Your payments are still being fetched for the first time."),
        "refunds": _("Something may have been refunded to you, and Zoho cannot be asked about it just now."),
        "too_many": _("You have more documents than can be added up here."),
    }[missing]


def entry_address(visit: ClientVisit, entry: StatementEntry) -> str:
    """URL of the document's page; "" when the merchant's portal has none."""
    if entry.kind in (EntryKind.INVOICE, EntryKind.WRITE_OFF):
        return url_for("invoices.detail", invoice_id=entry.id) if visit.shows("invoices") else ""
    if not visit.shows("payments"):
        return ""
    if entry.kind is EntryKind.PAYMENT or entry.of_payment:
        return url_for("payments.detail", payment_id=entry.id)
    return url_for("credit_notes.detail", creditnote_id=entry.id)


def list_address(
    visit: ClientVisit, kind: EntryKind, currency: str, since: dt.date | None, until: dt.date
) -> str:
    """URL of the list behind a sum; "" for none."""
    lists = {
        EntryKind.INVOICE: "invoices.listing",
        EntryKind.PAYMENT: "payments.listing",
        EntryKind.CREDIT_NOTE: "credit_notes.listing",
    }
    if kind not in lists or not visit.shows("invoices" if kind is EntryKind.INVOICE else "payments"):
        return ""
    first: dict[str, Any] = {"from": since.isoformat()} if since else {}
    return url_for(lists[kind], currency=currency, to=until.isoformat(), **first)
