"""Lists for clients: from the mirror, without a call to Zoho, with the time until which the list is known to be true."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.payment import Payment
from gateway.access import ClientVisit
from gateway.document_kinds import DocumentKind
from gateway.forms.list_query import ROWS_PER_PAGE, ListQuery, PageNumbers
from gateway.template_filters import today
from gateway.wiring import wired

D = TypeVar("D", Estimate, Invoice, Payment, Contact)

ROUNDS_BEFORE_OLD = 3
LEAST_PATIENCE = dt.timedelta(minutes=15)
"""A list is called old when no sync has succeeded for three intervals, and never sooner than this."""


MOST_OPEN = 5_000
"""Open documents of one customer that are looked through where a calendar day decides what belongs to a group."""


@dataclass(frozen=True)
class Group(Generic[D]):
    """What a filter lets through. statuses: Zoho's words, None for all that clients may see. keep: what a status alone
    cannot say.
    """

    statuses: frozenset[str] | None = None
    keep: Callable[[D, dt.date], bool] | None = None


@dataclass(frozen=True)
class ListReading(Generic[D]):
    """One page of a list. is_cold: the first sync has not filled it yet, so an empty page would not be true."""

    rows: tuple[D, ...]
    numbers: PageNumbers
    said_at: dt.datetime | None
    is_old: bool
    is_cold: bool


def read_list(visit: ClientVisit, kind: DocumentKind[D], query: ListQuery, group: Group[D]) -> ListReading[D]:
    """The rows of this client's list that belong to the group asked for."""
    mirror, scope = wired().mirror, visit.scope
    statuses = group.statuses
    if statuses is None:
        statuses = frozenset(mirror.count_by_status(scope, kind.name)) - kind.hidden_statuses
    whole = group.keep is not None
    page = mirror.page(
        scope,
        kind.name,
        statuses=statuses,
        sort=query.order.by,
        descending=query.order.descending,
        search=query.search,
        offset=0 if whole else query.offset,
        limit=MOST_OPEN if whole else ROWS_PER_PAGE,
    )
    rows = [kind.document.from_stored(row.body) for row in page.rows]
    total = page.total
    if group.keep is not None:
        kept = [one for one in rows if group.keep(one, today())]
        rows, total = kept[query.offset : query.offset + ROWS_PER_PAGE], len(kept)
    said_at, is_old = freshness(visit, kind.name, page.oldest_said_at)
    return ListReading(
        rows=tuple(rows),
        numbers=PageNumbers(query.page, total),
        said_at=said_at,
        is_old=is_old,
        is_cold=not mirror.is_complete(scope.org, kind.name),
    )


def all_open_rows(visit: ClientVisit, kind: DocumentKind[D], statuses: frozenset[str], *, by: str) -> list[D]:
    """Every row of these statuses, earliest first in the given order: for sums and for what waits."""
    page = wired().mirror.page(visit.scope, kind.name, statuses=statuses, sort=by, descending=False, offset=0, limit=MOST_OPEN)
    return [kind.document.from_stored(row.body) for row in page.rows]


def freshness(visit: ClientVisit, list_name: str, otherwise: dt.datetime | None) -> tuple[dt.datetime | None, bool]:
    """(as of when the list is true, whether that is old): the last sync that went through; before any, what the rows
    themselves say.
    """
    last = wired().sync_states.get(visit.scope.org, list_name).last_success
    if last is None:
        return otherwise, not visit.is_connected
    patience = max(LEAST_PATIENCE, ROUNDS_BEFORE_OLD * dt.timedelta(seconds=wired().settings.sync_interval))
    return last, not visit.is_connected or dt.datetime.now(dt.UTC) - last > patience
