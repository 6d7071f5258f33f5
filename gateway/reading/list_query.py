"""Filter, plan, currency, dates, order, search and page of a list, combined freely in the URL. Unknown
values fall back to the defaults.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil

from cache.copies.mirror.row_facets import RowFilter
from config.stored_messages import N_

ROWS_PER_PAGE = 25
LAST_PAGE = 10_000
MAX_SEARCH_LENGTH = 80
MAX_PLAN_LENGTH = 200
CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True)
class Choice:
    """An option of a drop-down: its key in the URL and its label."""

    key: str
    label: str


@dataclass(frozen=True)
class SortOrder(Choice):
    """A sort order: the index it uses, and its direction."""

    by: str
    descending: bool


NEWEST = SortOrder("newest", N_("Newest first"), "date", True)
OLDEST = SortOrder("oldest", N_("Oldest first"), "date", False)
NUMBER = SortOrder("number", N_("Number"), "number", False)
LARGEST = SortOrder("largest", N_("Largest amount"), "total", True)
SMALLEST = SortOrder("smallest", N_("Smallest amount"), "total", False)


@dataclass(frozen=True)
class ListKind:
    """The options of one list; the first filter and the first order are the defaults. has_plans: rows
    belong to plans.
    """

    filters: tuple[Choice, ...]
    orders: tuple[SortOrder, ...]
    has_plans: bool = False


@dataclass(frozen=True)
class ListQuery:
    """A list's query. page counts from 1. since, until: document dates, both inclusive."""

    kind: ListKind
    filter: Choice
    order: SortOrder
    search: str
    page: int
    currency: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    plan: str = ""

    @property
    def offset(self) -> int:
        return (self.page - 1) * ROWS_PER_PAGE

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the whole list was requested."""
        return (
            bool(self.search or self.currency or self.since or self.until or self.plan)
            or self.filter != self.kind.filters[0]
        )

    def narrow(self, group: RowFilter) -> RowFilter:
        """The group's conditions combined with the rest of the query."""
        return replace(
            group,
            search=self.search,
            currency=self.currency,
            since=self.since,
            until=self.until,
            plan=self.plan,
        )

    def at(self, page: int) -> dict[str, str]:
        """URL parameters for another page of the same list, without defaults."""
        asked = replace(self, page=page)
        given = {
            "type": "" if asked.filter == self.kind.filters[0] else asked.filter.key,
            "sort": "" if asked.order == self.kind.orders[0] else asked.order.key,
            "q": asked.search,
            "plan": asked.plan,
            "currency": asked.currency,
            "from": asked.since.isoformat() if asked.since else "",
            "to": asked.until.isoformat() if asked.until else "",
            "page": "" if asked.page == 1 else str(asked.page),
        }
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True)
class PageNumbers:
    """Where a page of a list stands among its rows."""

    number: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, ceil(self.total / ROWS_PER_PAGE))

    @property
    def first(self) -> int:
        return (self.number - 1) * ROWS_PER_PAGE + 1

    @property
    def last(self) -> int:
        return min(self.total, self.number * ROWS_PER_PAGE)


def read_list_query(kind: ListKind, args: Mapping[str, str]) -> ListQuery:
    """Parses ?type=…&sort=…&q=…&plan=…&currency=…&from=…&to=…&page=…"""
    number = args.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    search = _clean_text(args.get("q", ""), MAX_SEARCH_LENGTH)
    return ListQuery(
        kind=kind,
        filter=next((item for item in kind.filters if item.key == args.get("type")), kind.filters[0]),
        order=next((order for order in kind.orders if order.key == args.get("sort")), kind.orders[0]),
        search=search,
        page=min(max(page, 1), LAST_PAGE),
        currency=args.get("currency", "") if CURRENCY.fullmatch(args.get("currency", "")) else "",
        since=_day(args.get("from", "")),
        until=_day(args.get("to", "")),
        plan=_clean_text(args.get("plan", ""), MAX_PLAN_LENGTH) if kind.has_plans else "",
    )


def _clean_text(text: str, max_length: int) -> str:
    return "".join(sign for sign in text if sign.isprintable()).strip()[:max_length]


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
