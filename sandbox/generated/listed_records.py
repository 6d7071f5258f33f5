"""Pages of lists over generated records: sort orders and filter results are computed once, then cached."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.generated.generated_records import GeneratedRecords
from sandbox.generated.maker import Maker
from sandbox.world import Record

REMEMBERED = 32
"""Filter results kept in the cache."""
MANY = 5_000
"""From this many matches on, selecting them from the full order is faster than sorting them."""


@dataclass(frozen=True, kw_only=True)
class ListQuery:
    """The query of a list call. tests and key take a record; both belong to the listing.

    memory: cache key of the filter, with everything its result depends on; "" for no filter. customer_id and
    since narrow the search, as part of the filter.
    """

    tests: Sequence[Callable[[Record], bool]]
    memory: str
    customer_id: str
    since: int | None
    column: str
    key: Callable[[Record], Any]
    descending: bool


class _Numbers:
    """Generated numbers in an order; removed ones leave it on the next access."""

    def __init__(self, numbers: list[int]) -> None:
        self._numbers, self._gone = numbers, 0

    def without(self, gone: set[int]) -> list[int]:
        if len(gone) != self._gone:
            self._numbers, self._gone = [number for number in self._numbers if number not in gone], len(gone)
        return self._numbers


class ListedRecords(GeneratedRecords):
    """Generated records that can be filtered and sorted fast: they never change, so results stay valid."""

    def __init__(self, maker: Maker, written: dict[str, Record], gone: set[int]) -> None:
        super().__init__(maker, written, gone)
        self._orders: dict[str, _Numbers] = {}
        self._found: OrderedDict[str, _Numbers] = OrderedDict()
        self._by_customer: dict[str, list[int]] = {}
        customer_of = maker.quick["customer_id"]
        for number in maker.numbers:
            self._by_customer.setdefault(customer_of(number), []).append(number)

    def page(
        self, written: list[Record], list_query: ListQuery, first: int, count: int
    ) -> tuple[list[Record], int]:
        """`count` records from position `first`, and the number of all matches. written: matching stored
        records, sorted.
        """
        found = self._matching(list_query)
        size, total = len(found), len(found) + len(written)

        def nth(place: int) -> int:
            return found[size - 1 - place if list_query.descending else place]

        def written_is_next(mine: int, place: int) -> bool:
            """Whether the stored record comes before the generated one at that position."""
            if mine >= len(written) or place >= size:
                return mine < len(written)
            one, other = list_query.key(written[mine]), list_query.key(self.view(nth(place)))
            return bool(one > other if list_query.descending else one < other)

        mine, most = max(0, first - size), min(first, len(written))
        while mine < most:
            middle = (mine + most) // 2
            if written_is_next(middle, first - middle - 1):
                mine = middle + 1
            else:
                most = middle
        place, page = first - mine, list[Record]()
        while len(page) < min(count, total - first):
            if written_is_next(mine, place):
                page.append(written[mine])
                mine += 1
            else:
                page.append(self.maker.record(nth(place)))
                place += 1
        return page, total

    def warm(self, column: str, key: Callable[[Record], Any]) -> None:
        """Compute an order in advance."""
        self._order(column, key)

    def has_customer(self, customer_id: str) -> bool:
        """Whether a customer still has generated records."""
        return any(number not in self.gone for number in self._by_customer.get(customer_id, ()))

    def _order(self, column: str, key: Callable[[Record], Any]) -> list[int]:
        """All generated numbers, ascending by a column."""
        if column not in self._orders:
            self._orders[column] = _Numbers(
                sorted(self.maker.numbers, key=lambda number: key(self.view(number)))
            )
        return self._orders[column].without(self.gone)

    def _matching(self, list_query: ListQuery) -> list[int]:
        """The matching numbers, sorted by the requested column."""
        if not list_query.memory:
            return self._order(list_query.column, list_query.key)
        memory = f"{list_query.column} {list_query.memory}"
        if memory not in self._found:
            self._found[memory] = _Numbers(self._find(list_query))
            if len(self._found) > REMEMBERED:
                self._found.popitem(last=False)
        self._found.move_to_end(memory)
        return self._found[memory].without(self.gone)

    def _find(self, list_query: ListQuery) -> list[int]:
        fitting = [
            number
            for number in self._candidates(list_query)
            if all(test(seen) for seen in (self.view(number),) for test in list_query.tests)
        ]
        if len(fitting) < MANY:
            return sorted(fitting, key=lambda number: list_query.key(self.view(number)))
        among = set(fitting)
        return [number for number in self._order(list_query.column, list_query.key) if number in among]

    def _candidates(self, list_query: ListQuery) -> Sequence[int]:
        if list_query.customer_id:
            return self._by_customer.get(list_query.customer_id, [])
        if list_query.since is not None and "last_modified_time" in self._orders:
            order, modified = (
                self._orders["last_modified_time"].without(self.gone),
                self.maker.quick["modified"],
            )
            return order[bisect_left(order, list_query.since, key=modified) :]
        return self.maker.numbers


def written_of(records: MutableMapping[str, Record]) -> Iterable[Record]:
    """The stored records without the generated ones; all records if nothing was generated."""
    return records.written.values() if isinstance(records, GeneratedRecords) else records.values()
