"""Find out which invoices belong to which plan: one call per subscription whose state has changed (zoho.md
8).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import structlog

from cache.copies.mirror.mirror_row import MirrorRow
from cache.records.connections.connection import Connection
from cache.records.sync.sync_state import SUBSCRIPTION_LISTS
from cache.scope import CustomerScope
from connectors.zoho.api.fetched import Page
from connectors.zoho.documents.recurring_invoice import RecurringInvoice
from connectors.zoho.documents.subscription import Subscription
from connectors.zoho.features import SubscriptionSource, subscription_source
from connectors.zoho.organisation_clients import OrganisationClients
from workers.deadline import Deadline
from workers.services import Services

log = structlog.get_logger()

MOST_AT_ONCE = 10
"""Subscriptions checked per run: Billing allows thirty calls a minute, and people need some of them."""

NO_PROFILE = "1"
"""An id that no recurring invoice has."""

Ask = Callable[[str, int], Page[Any]]


def read_invoice_plans(
    services: Services, connection: Connection, zoho: OrganisationClients, deadline: Deadline
) -> bool:
    """Fetch the invoices of subscriptions that changed; False if some are left for the next run. Raises
    ZohoError.
    """
    source = subscription_source(connection)
    list_name = SUBSCRIPTION_LISTS.get(source)
    if list_name is None or not services.mirror.is_complete(connection.org, list_name):
        return True
    moved = [
        row
        for row in services.mirror.all_rows(connection.org, list_name)
        if _state(row) != _known(services, connection.org, row)
    ]
    if not moved or (source is SubscriptionSource.RECURRING and _is_ignored(zoho)):
        return True
    ask = (
        _of_subscription(zoho)
        if source is SubscriptionSource.BILLING
        else zoho.books.invoices.of_recurring_invoice
    )
    for row in moved[:MOST_AT_ONCE]:
        if deadline.is_past:
            return False
        _read(services, connection.org, row, ask)
    return len(moved) <= MOST_AT_ONCE


def _read(services: Services, org: str, row: MirrorRow, ask: Ask) -> None:
    invoices = list(_all(ask, row.id))
    if any(invoice.customer_id != row.customer_id for invoice in invoices):
        # The filter was ignored, so the plan of these invoices is unknown.
        log.warning("invoices_of_subscription_unknown", org=org, subscription=row.id)
        invoices = []
    scope = CustomerScope(org, row.customer_id)
    services.invoice_plans.note(
        scope, row.id, plan_of(row), [invoice.id for invoice in invoices], state=_state(row)
    )


def _all(ask: Ask, subscription_id: str) -> Iterator[Any]:
    page, has_more = 1, True
    while has_more:
        found = ask(subscription_id, page)
        yield from found.rows
        page, has_more = page + 1, found.has_more


def _of_subscription(zoho: OrganisationClients) -> Ask:
    return zoho.billing.invoices.of_subscription


def _is_ignored(zoho: OrganisationClients) -> bool:
    """Whether Zoho returns everything for an unknown filter: then nothing can be learned (zoho.md 2.5)."""
    return bool(zoho.books.invoices.of_recurring_invoice(NO_PROFILE, 1).rows)


def _known(services: Services, org: str, row: MirrorRow) -> str:
    return services.invoice_plans.known_state(CustomerScope(org, row.customer_id), row.id)


def plan_of(row: MirrorRow) -> str:
    """The plan's name as clients see it."""
    if row.kind == SUBSCRIPTION_LISTS[SubscriptionSource.BILLING]:
        return Subscription.from_stored(row.body).plan_label
    return RecurringInvoice.from_stored(row.body).name


def _state(row: MirrorRow) -> str:
    """Changes when another invoice may exist."""
    if row.kind == SUBSCRIPTION_LISTS[SubscriptionSource.BILLING]:
        one = Subscription.from_stored(row.body)
        return f"{row.version} {one.last_billing_on or ''} {one.next_billing_on or ''}"
    profile = RecurringInvoice.from_stored(row.body)
    return f"{profile.status} {profile.last_sent_on or ''} {profile.next_on or ''}"
