"""The lists that are mirrored, in the order in which a first sync reads them, and how each is asked of
Zoho.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cache.records.connections.connection import Connection
from cache.records.sync.sync_state import SUBSCRIPTION_LISTS
from connectors.zoho.api.fetched import Fetched, Page
from connectors.zoho.features import subscription_source
from connectors.zoho.organisation_clients import OrganisationClients


@dataclass(frozen=True)
class MirroredList:
    """name: of the list and of the kind in the copies. pages and fetch_one: how a page (with modified_since
    and sort, where it has deltas) and one document are asked for.

    steady_order: a sort column in which rows keep their place while documents are edited, "" where Zoho
    documents none.
    has_deltas: whether it is worth asking for changes alone; Zoho may still ignore that (zoho.md 2.6).
    every: it is read in every so many rounds; what seldom changes, or can only be read whole, need not cost a
    call in each.
    is_independent: of another product: when it cannot be read, that says nothing about the others.
    has_total: its pages can say how many rows there are in all.
    """

    name: str
    pages: Callable[[OrganisationClients], Callable[..., Page[Any]]]
    fetch_one: Callable[[OrganisationClients, str], Fetched[Any]]
    steady_order: str = ""
    has_deltas: bool = True
    every: int = 1
    is_independent: bool = False
    has_total: bool = False


SELDOM = 6
BY_CREATION = "created_time"

MIRRORED: Mapping[str, MirroredList] = {
    one.name: one
    for one in (
        MirroredList(
            "contacts",
            lambda zoho: zoho.books.contacts.list_page,
            lambda zoho, id: zoho.books.contacts.get(id),
            BY_CREATION,
        ),
        MirroredList(
            "estimates",
            lambda zoho: zoho.books.estimates.list_page,
            lambda zoho, id: zoho.books.estimates.get(id),
            BY_CREATION,
        ),
        MirroredList(
            "invoices",
            lambda zoho: zoho.books.invoices.list_page,
            lambda zoho, id: zoho.books.invoices.get(id),
            BY_CREATION,
            has_total=True,
        ),
        # zoho.md 4.6 names no sort columns for payments; their usual order is by date, newest first.
        MirroredList(
            "payments",
            lambda zoho: zoho.books.customer_payments.list_page,
            lambda zoho, id: zoho.books.customer_payments.get(id),
        ),
        MirroredList(
            "credit_notes",
            lambda zoho: zoho.books.credit_notes.list_page,
            lambda zoho, id: zoho.books.credit_notes.get(id),
            every=SELDOM,
        ),
        MirroredList(
            "subscriptions",
            lambda zoho: zoho.billing.subscriptions.list_page,
            lambda zoho, id: zoho.billing.subscriptions.get(id),
            has_deltas=False,
            every=SELDOM,
            is_independent=True,
        ),
        MirroredList(
            "recurring_invoices",
            lambda zoho: zoho.books.recurring_invoices.list_page,
            lambda zoho, id: zoho.books.recurring_invoices.get(id),
            has_deltas=False,
            every=SELDOM,
        ),
    )
}


def lists_of(connection: Connection) -> list[MirroredList]:
    """What is mirrored of this organisation. A scope that Zoho refuses at calls is asked again: it may be
    back.
    """
    source = subscription_source(connection)
    others = set(SUBSCRIPTION_LISTS.values()) - {SUBSCRIPTION_LISTS.get(source)}
    return [one for one in MIRRORED.values() if one.name not in others]
