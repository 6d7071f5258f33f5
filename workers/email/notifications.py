"""Emails about changes that the sync finds: an estimate offered, a payment booked, an invoice overdue. Once
each.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from cache.copies.mirror.mirror_row import MirrorRow
from cache.document_kind import DocumentKind
from cache.records.accounts.accounts import AccountState
from cache.records.email.email_kinds import EMAIL_KINDS
from cache.scope import CustomerScope
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.mirrored_document import MirroredDocument
from connectors.zoho.documents.payment import Payment
from workers.copies.document_kinds import ROW_KINDS
from workers.email.outbox import email_client, email_merchants
from workers.organisation_time import local_time
from workers.services import Services

NOTIFY_WITHIN = dt.timedelta(days=3)
"""Older changes are not news, however late they were read."""


def rows_before(
    services: Services, org: str, kind: str, documents: Iterable[MirroredDocument], *, after: str
) -> dict[str, MirrorRow]:
    """Id → the stored row, for documents changed after the list's cursor; read before the new rows are
    stored.
    """
    if not ROW_KINDS[DocumentKind(kind)].is_notified or not after:
        return {}
    found = (
        (document.id, services.mirror.by_id(org, kind, document.id))
        for document in documents
        if document.version >= after
    )
    return {row_id: row for row_id, row in found if row is not None}


def notify_of_changes(
    services: Services,
    org: str,
    documents: Iterable[MirroredDocument],
    *,
    before: Mapping[str, MirrorRow],
    after: str,
    as_of: dt.datetime,
) -> None:
    """Record emails about documents that changed after `after`, the cursor of their list; none before the
    first full read.

    Called before the rows are stored, and again for stored ones: a crash loses nothing, since an event makes
    one email.
    """
    oldest = (as_of - NOTIFY_WITHIN).astimezone(dt.UTC).isoformat(timespec="seconds")
    for document in documents if after else ():
        if document.version >= after and document.version >= oldest:
            _notify(services, org, document, before.get(document.id), as_of)


def _notify(
    services: Services, org: str, document: MirroredDocument, before: MirrorRow | None, as_of: dt.datetime
) -> None:
    today = local_time(services, org, as_of).date()
    if (
        isinstance(document, Estimate)
        and document.can_be_answered(today)
        and not _is_same_offer(document, before)
    ):
        notify_of_estimate(services, org, document)
    elif isinstance(document, Invoice) and document.can_be_paid() and is_newly_overdue(document, today):
        notify_of_invoice(services, org, "invoice_overdue", document)
    elif isinstance(document, Payment) and before is None and _is_recent(document.date, today):
        notify_of_payment(services, org, document)


def notify_of_estimate(services: Services, org: str, estimate: Estimate) -> None:
    """To every client of the customer; once per offer, so that a changed total or last day is
    reported too.
    """
    last_day = estimate.expires_on.isoformat() if estimate.expires_on else ""
    values = {
        "number": estimate.number,
        "amount": str(estimate.total),
        "currency": estimate.currency,
        "expires_on": last_day,
    }
    _email_customer(
        services,
        CustomerScope(org, estimate.customer_id),
        "new_estimate",
        values,
        path=f"/estimates/{estimate.id}",
        event=f"{org}:{estimate.id}:{estimate.total.normalize()}:{last_day}",
    )


def notify_of_invoice(services: Services, org: str, kind: str, invoice: Invoice) -> None:
    """kind: invoice_due_soon or invoice_overdue; once per due date."""
    due_on = invoice.due_on.isoformat() if invoice.due_on else ""
    values = {
        "number": invoice.number,
        "amount": str(invoice.balance),
        "currency": invoice.currency,
        "due_on": due_on,
    }
    _email_customer(
        services,
        CustomerScope(org, invoice.customer_id),
        kind,
        values,
        path=f"/invoices/{invoice.id}",
        event=f"{org}:{invoice.id}:{due_on}",
    )


def notify_of_payment(services: Services, org: str, payment: Payment) -> None:
    """To every client of the customer, and to the merchants if the customer has clients here."""
    values = {
        "amount": str(payment.amount),
        "currency": payment.currency,
        "paid_on": payment.date.isoformat() if payment.date else "",
        "invoices": ", ".join(payment.invoice_numbers),
        "customer": payment.customer_name,
    }
    event = f"{org}:{payment.id}"
    if _email_customer(
        services,
        CustomerScope(org, payment.customer_id),
        "payment_booked",
        values,
        path="/payments",
        event=event,
    ):
        email_merchants(services, org, "payment_received", values, path="", event=event)


def _email_customer(
    services: Services,
    scope: CustomerScope,
    kind: str,
    values: Mapping[str, str],
    *,
    path: str,
    event: str,
) -> bool:
    """Whether the customer has clients here. No emails about a module that is switched off."""
    people = [
        account
        for account in services.accounts.of_org(scope.org)
        if account.customer_id == scope.customer_id and account.state is AccountState.ACTIVE
    ]
    if EMAIL_KINDS[kind].is_visible(services.portal_settings.get(scope.org)):
        for account in people:
            email_client(services, account, kind, values, path=path, event=event)
    return bool(people)


def _is_same_offer(estimate: Estimate, before: MirrorRow | None) -> bool:
    """Whether the client was already offered exactly this: a comment or a note changes an estimate's version,
    but is not news.
    """
    if before is None:
        return False
    old = Estimate.from_stored(before.body)
    return (old.status, old.total, old.expires_on) == (estimate.status, estimate.total, estimate.expires_on)


def is_newly_overdue(invoice: Invoice, today: dt.date) -> bool:
    """Past its due date for a few days at most: long overdue invoices are for the merchant, not for automatic
    emails.
    """
    return invoice.is_overdue(today) and _is_recent(invoice.due_on, today)


def _is_recent(day: dt.date | None, today: dt.date) -> bool:
    return day is not None and day >= today - NOTIFY_WITHIN
