"""A look at the calendar every morning where the organisation is: invoices that are due soon, or were due
yesterday.
"""

from __future__ import annotations

import datetime as dt

from cache import letter_keys
from cache.clock import store_now
from connectors.zoho.documents.invoice import Invoice
from workers.job_setup import Resources
from workers.letters.news import NEWS_LASTS, is_newly_overdue, write_invoice
from workers.organisation_time import local_time

DAYS_AHEAD = 3
MORNING = 8
"""The hour from which letters go out."""

REMEMBERED_FOR = 3 * 24 * 3600


def is_look_due(desk: Resources, org: str) -> bool:
    """Whether it is morning there, and nobody has looked today."""
    now = local_time(desk, org, store_now(desk.redis.records))
    return (
        now.hour >= MORNING
        and desk.redis.records.get(letter_keys.due_dates_looked_at(org)) != now.date().isoformat()
    )


def look_at_due_dates(desk: Resources, org: str) -> None:
    """May run any number of times: each invoice and due date makes one letter of a kind. Nothing, while the
    list is not whole.
    """
    if not is_look_due(desk, org) or not desk.mirror.is_complete(org, "invoices"):
        return
    today = local_time(desk, org, store_now(desk.redis.records)).date()
    soon = today + dt.timedelta(days=DAYS_AHEAD)
    for row in desk.mirror.unpaid_rows(org, "invoices", due_from=today - NEWS_LASTS, due_until=soon):
        invoice = Invoice.from_stored(row.body)
        if not invoice.can_be_paid():
            continue
        if is_newly_overdue(invoice, today):
            write_invoice(desk, org, "invoice_overdue", invoice)
        elif invoice.due_on == soon:
            write_invoice(desk, org, "invoice_due_soon", invoice)
    desk.redis.records.set(letter_keys.due_dates_looked_at(org), today.isoformat(), ex=REMEMBERED_FOR)
