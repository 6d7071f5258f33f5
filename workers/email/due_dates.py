"""Every morning in the organisation's time zone: email about invoices that are due soon or were due
yesterday.
"""

from __future__ import annotations

import datetime as dt

from cache.clock import store_now
from cache.records.email import keys as email_keys
from connectors.zoho.documents.invoice import Invoice
from workers.email.notifications import NOTIFY_WITHIN, is_newly_overdue, notify_of_invoice
from workers.organisation_time import local_time
from workers.services import Services

DAYS_AHEAD = 3
MORNING = 8
"""The hour from which emails are sent."""

REMEMBERED_FOR = 3 * 24 * 3600


def is_check_due(services: Services, org: str) -> bool:
    """Whether it is morning there and today's check has not run."""
    now = local_time(services, org, store_now(services.stores.records))
    return (
        now.hour >= MORNING
        and services.stores.records.get(email_keys.due_dates_checked_at(org)) != now.date().isoformat()
    )


def notify_of_due_dates(services: Services, org: str) -> None:
    """Safe to repeat: one email per invoice, due date and kind. Does nothing while the list is incomplete."""
    if not is_check_due(services, org) or not services.mirror.is_complete(org, "invoices"):
        return
    today = local_time(services, org, store_now(services.stores.records)).date()
    soon = today + dt.timedelta(days=DAYS_AHEAD)
    for row in services.mirror.unpaid_rows(org, "invoices", due_from=today - NOTIFY_WITHIN, due_until=soon):
        invoice = Invoice.from_stored(row.body)
        if not invoice.can_be_paid():
            continue
        if is_newly_overdue(invoice, today):
            notify_of_invoice(services, org, "invoice_overdue", invoice)
        elif invoice.due_on == soon:
            notify_of_invoice(services, org, "invoice_due_soon", invoice)
    services.stores.records.set(email_keys.due_dates_checked_at(org), today.isoformat(), ex=REMEMBERED_FOR)
