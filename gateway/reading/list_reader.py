"""Lists for clients, read from the mirror without calling Zoho, with the time they are as of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic

from cache.copies.mirror.row_facets import EVERYTHING, RowFilter
from cache.records.sync.sync_state import SLEEP_FACTOR
from connectors.zoho.document_kinds import ZohoDocumentKind
from connectors.zoho.documents.mirrored_document import D
from gateway.reading.list_query import ROWS_PER_PAGE, ListQuery, PageNumbers
from gateway.web.access import ClientVisit
from gateway.web.services import services
from gateway.web.template_filters import today

STALE_AFTER = dt.timedelta(minutes=15)
"""A list is called old when syncing it has failed for 15 minutes, or when it was not synced although even an
organisation asleep would have been (SLEEP_FACTOR).
"""

MAX_OPEN = 5_000
"""Open documents of one customer that a sum is made of."""


@dataclass(frozen=True)
class Group:
    """What a filter lets through. statuses: Zoho's words, None for all that clients may see. narrowed: what a
    status alone cannot say, on the organisation's calendar day.
    """

    statuses: frozenset[str] | None = None
    narrowed: Callable[[dt.date], RowFilter] = lambda day: EVERYTHING


@dataclass(frozen=True)
class ListPage(Generic[D]):
    """One page of a list. is_cold: the first sync has not filled it yet, so an empty page would not be true.
    currencies and
    plans: all that the customer has in it.
    """

    rows: tuple[D, ...]
    numbers: PageNumbers
    as_of: dt.datetime | None
    is_stale: bool
    is_cold: bool
    currencies: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()


def read_list(visit: ClientVisit, kind: ZohoDocumentKind[D], query: ListQuery, group: Group) -> ListPage[D]:
    """The rows of this client's list that belong to the group and match the query."""
    page = services().mirror.page(
        visit.scope,
        kind.name,
        statuses=group.statuses,
        hidden=kind.hidden_statuses,
        narrowed=query.narrow(group.narrowed(today())),
        sort=query.order.by,
        descending=query.order.descending,
        offset=query.offset,
        limit=ROWS_PER_PAGE,
    )
    as_of, is_stale = freshness(visit, kind.name, page.oldest_as_of)
    return ListPage(
        rows=tuple(kind.document.from_stored(row.body) for row in page.rows),
        numbers=PageNumbers(query.page, page.total),
        as_of=as_of,
        is_stale=is_stale,
        is_cold=not page.is_complete,
        currencies=page.currencies,
        plans=services().invoice_plans.plans(visit.scope) if query.kind.has_plans else (),
    )


def all_open_rows(
    visit: ClientVisit, kind: ZohoDocumentKind[D], statuses: frozenset[str], *, by: str
) -> list[D]:
    """Every row of these statuses, earliest first in the given order: for sums and for what waits. Nothing
    until the list has been read whole: the sum of a part is wrong.
    """
    page = services().mirror.page(
        visit.scope, kind.name, statuses=statuses, sort=by, descending=False, offset=0, limit=MAX_OPEN
    )
    return [kind.document.from_stored(row.body) for row in page.rows] if page.is_complete else []


def freshness(
    visit: ClientVisit, list_name: str, otherwise: dt.datetime | None
) -> tuple[dt.datetime | None, bool]:
    """(as of when the list is true, whether that is old): the last sync that went through; before any, what
    the rows themselves say.
    """
    state = services().sync_states.get(visit.scope.org, list_name)
    last, failed = state.last_success, state.last_error_at
    if last is None:
        return otherwise, not visit.is_connected
    age = dt.datetime.now(dt.UTC) - last
    sleep = SLEEP_FACTOR * dt.timedelta(seconds=services().settings.sync_interval)
    is_failing = failed is not None and failed > last
    return last, not visit.is_connected or age > (STALE_AFTER if is_failing else STALE_AFTER + sleep)
