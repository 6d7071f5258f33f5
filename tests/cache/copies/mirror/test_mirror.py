"""The mirror: pages per customer, in any order and status, in one call; what is torn is never shown as
whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cache.copies.mirror import keys as mirror_keys
from cache.copies.mirror.mirror import Mirror
from cache.copies.mirror.mirror_row import IndexedRow, score
from cache.copies.mirror.row_facets import ALWAYS_LATE, NEVER_LATE, RowFacets, RowFilter
from cache.scope import CustomerScope
from cache.stores import Stores

ORG, KIND = "us-1", "invoices"
AS_OF = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
ANA, BEN = CustomerScope(ORG, "501"), CustomerScope(ORG, "502")
ALL: dict[str, Any] = {"sort": "number", "descending": False, "offset": 0, "limit": 25}
Page = Callable[..., list[str]]


def a_row(
    number: int,
    *,
    customer: str = "501",
    status: str = "sent",
    version: str = "2026-11-01T00:00:00+00:00",
    **more: Any,
) -> IndexedRow:
    fields: dict[str, Any] = {
        "kind": KIND,
        "id": str(9000 + number),
        "customer_id": customer,
        "version": version,
        "status": status,
        "sort": {
            "date": f"2026-01-{number % 28 + 1:02d}",
            "number": f"INV-{number:04d}",
            "total": f"{number}.50",
        },
        "facets": RowFacets(search=f"INV-{number:04d} sail cloth"),
        "body": {"id": str(9000 + number), "total": f"{number}.50"},
        "as_of": AS_OF,
    }
    return IndexedRow(**fields | more)


@pytest.fixture
def mirror(stores: Stores) -> Mirror:
    return Mirror(stores.copies)


@pytest.fixture
def page(mirror: Mirror) -> Page:
    """Ids of a page; everything of Ana's by number unless told otherwise."""

    def read(scope: CustomerScope = ANA, **asked: Any) -> list[str]:
        query: dict[str, Any] = {
            "statuses": None,
            "sort": "number",
            "descending": False,
            "offset": 0,
            "limit": 25,
        }
        return [row.id for row in mirror.page(scope, KIND, **query | asked).rows]

    return read


def test_a_row_comes_back_as_it_was_put(mirror: Mirror) -> None:
    row = a_row(1)
    mirror.put_page(ORG, [row])
    found = mirror.get(ANA, KIND, row.id)
    assert found is not None
    assert (found.body, found.version, found.status, found.as_of) == (
        row.body,
        row.version,
        row.status,
        AS_OF,
    )


def test_another_customers_row_is_as_absent_as_none(mirror: Mirror, page: Page) -> None:
    mirror.put_page(ORG, [a_row(1), a_row(2, customer="502")])
    assert page(ANA) == ["9001"] and page(BEN) == ["9002"]
    assert mirror.get(ANA, KIND, "9002") is None
    assert page(CustomerScope("us-2", "501")) == []


def test_a_row_that_changes_status_or_customer_leaves_its_old_place(mirror: Mirror, page: Page) -> None:
    mirror.put_page(ORG, [a_row(1), a_row(2)])
    mirror.put_page(ORG, [a_row(1, status="paid", version="2026-11-02T00:00:00+00:00")])
    assert page(statuses=frozenset({"sent"})) == ["9002"] and page(statuses=frozenset({"paid"})) == ["9001"]
    assert mirror.page(ANA, KIND, sort="number", descending=False, offset=0, limit=9).total == 2
    mirror.put_page(ORG, [a_row(2, customer="502", version="2026-11-02T00:00:00+00:00")])
    assert page(ANA) == ["9001"] and page(BEN) == ["9002"]


@pytest.mark.parametrize(
    ("version", "said", "stays"),
    [
        ("2026-11-02T00:00:00+00:00", 1, "sent"),  # an older version, although it was said later
        ("2026-11-04T00:00:00+00:00", -1, "paid"),  # a newer version, although it was said earlier
        ("2026-11-03T00:00:00+00:00", -1, "sent"),  # the same version, said earlier
        (
            "2026-11-03T00:00:00+00:00",
            1,
            "paid",
        ),  # the same version, said later: overdue comes without a new version
        ("", -1, "sent"),
        ("", 1, "paid"),
    ],
)
def test_old_news_never_overwrites_new(mirror: Mirror, version: str, said: int, stays: str) -> None:
    mirror.put_page(ORG, [a_row(1, version="2026-11-03T00:00:00+00:00")])
    mirror.put_page(ORG, [a_row(1, version=version, status="paid", as_of=AS_OF + dt.timedelta(hours=said))])
    found = mirror.by_id(ORG, KIND, "9001")
    assert found is not None and found.status == stays


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(
            st.integers(1, 60),
            st.sampled_from(["501", "502"]),
            st.sampled_from(["sent", "paid", "void", "overdue"]),
        ),
        max_size=40,
        unique_by=lambda one: one[0],
    ),
    statuses=st.none() | st.frozensets(st.sampled_from(["sent", "paid", "void", "unheard"])),
    sort=st.sampled_from(["date", "number", "total"]),
    descending=st.booleans(),
    offset=st.integers(0, 45),
    limit=st.integers(1, 30),
)
def test_a_page_is_what_sorting_everything_would_give(
    stores: Stores,
    rows: list[tuple[int, str, str]],
    statuses: frozenset[str] | None,
    sort: str,
    descending: bool,
    offset: int,
    limit: int,
) -> None:
    stores.copies.flushdb()
    mirror = Mirror(stores.copies)
    kept = [a_row(number, customer=customer, status=status) for number, customer, status in rows]
    mirror.put_page(ORG, kept)
    mine = [row for row in kept if row.customer_id == "501" and (statuses is None or row.status in statuses)]
    mine.sort(key=lambda row: (score(row.sort[sort]), row.id), reverse=descending)
    found = mirror.page(
        ANA, KIND, statuses=statuses, sort=sort, descending=descending, offset=offset, limit=limit
    )
    assert [row.id for row in found.rows] == [row.id for row in mine[offset : offset + limit]]
    assert found.total == len(mine)


def test_a_page_is_one_command_whatever_the_size(mirror: Mirror, page: Page, stores: Stores) -> None:
    def commands() -> int:
        return sum(
            item["calls"]
            for name, item in stores.copies.info("commandstats").items()
            if name in ("cmdstat_evalsha", "cmdstat_eval")
        )

    mirror.put_page(ORG, [a_row(number) for number in range(400)])
    page()
    before = commands()
    assert len(page()) == 25
    assert commands() - before == 1


def test_search_finds_rows_with_all_words_on_any_page(mirror: Mirror) -> None:
    mirror.put_page(
        ORG,
        [
            a_row(
                number, facets=RowFacets(search=f"inv-{number:04d} sail {'cloth' if number % 2 else 'rope'}")
            )
            for number in range(60)
        ],
    )
    found = mirror.page(
        ANA,
        KIND,
        sort="number",
        descending=False,
        offset=25,
        limit=25,
        narrowed=RowFilter(search="SAIL cloth"),
    )
    assert found.total == 30 and [row.id for row in found.rows] == [
        str(9000 + number) for number in range(51, 60, 2)
    ]


CURRENCIES, MARKS = st.sampled_from(["USD", "EUR"]), st.sampled_from(["", "u", "up"])
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 9))
FACETS = st.builds(
    RowFacets,
    currency=CURRENCIES,
    day=st.none() | DAYS,
    late_from=DAYS.map(str) | st.sampled_from([NEVER_LATE, ALWAYS_LATE]),
    marks=MARKS,
    search=st.lists(st.sampled_from(["Sail", "CLOTH", "rope", "USD", "2026-01-03"])).map(" ".join),
)
FILTERS = st.builds(
    RowFilter,
    currency=CURRENCIES | st.just(""),
    since=st.none() | DAYS,
    until=st.none() | DAYS,
    late_on=st.none() | DAYS,
    not_late_on=st.none() | DAYS,
    mark=st.sampled_from(["", "u", "p"]),
    search=st.sampled_from(["", "sail", "rope SAIL", "usd", "2026"]),
)


def meets(facets: RowFacets, asked: RowFilter) -> bool:
    """The conditions said in the plainest way."""
    day = facets.day
    return (
        (not asked.currency or facets.currency == asked.currency)
        and (asked.since is None or (day is not None and day >= asked.since))
        and (asked.until is None or (day is not None and day <= asked.until))
        and (asked.late_on is None or facets.late_from <= str(asked.late_on))
        and (asked.not_late_on is None or facets.late_from > str(asked.not_late_on))
        and asked.mark in facets.marks
        and all(word in facets.search.casefold() for word in asked.search.casefold().split())
    )


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(FACETS, st.sampled_from(["sent", "paid"])), max_size=30),
    asked=FILTERS,
    descending=st.booleans(),
    hidden=st.sampled_from([frozenset[str](), frozenset({"paid"})]),
    offset=st.integers(0, 8),
)
def test_a_narrowed_page_is_what_looking_at_every_row_would_give(
    stores: Stores,
    rows: list[tuple[RowFacets, str]],
    asked: RowFilter,
    descending: bool,
    hidden: frozenset[str],
    offset: int,
) -> None:
    stores.copies.flushdb()
    mirror = Mirror(stores.copies)
    mirror.put_page(
        ORG, [a_row(number, status=status, facets=facets) for number, (facets, status) in enumerate(rows)]
    )
    wanted = [
        str(9000 + number)
        for number, (facets, status) in enumerate(rows)
        if meets(facets, asked) and status not in hidden
    ]
    found = mirror.page(
        ANA, KIND, sort="number", descending=descending, offset=offset, limit=5, hidden=hidden, narrowed=asked
    )
    assert [row.id for row in found.rows] == (wanted[::-1] if descending else wanted)[offset : offset + 5]
    assert found.total == len(wanted)


def test_the_currencies_of_a_list_follow_its_rows(mirror: Mirror) -> None:
    euro, yen = RowFacets(currency="EUR"), RowFacets(currency="JPY")
    mirror.put_page(ORG, [a_row(1, facets=euro), a_row(2, facets=yen), a_row(3, facets=yen, customer="502")])
    assert mirror.page(ANA, KIND, **ALL).currencies == ("EUR", "JPY")
    mirror.put_page(ORG, [a_row(2, facets=euro, version="2026-11-02T00:00:00+00:00")])
    assert mirror.page(ANA, KIND, **ALL).currencies == ("EUR",)
    mirror.remove(ORG, KIND, "9001")
    mirror.remove(ORG, KIND, "9002")
    assert mirror.page(ANA, KIND, **ALL).currencies == ()


def test_a_narrowed_list_without_its_facets_is_not_shown_as_a_shorter_one(
    mirror: Mirror, stores: Stores
) -> None:
    mirror.put_page(ORG, [a_row(1), a_row(2)])
    mirror.mark_complete(ORG, KIND)
    stores.copies.delete(mirror_keys.facets(ORG, KIND))
    assert mirror.page(ANA, KIND, **ALL).total == 2
    assert mirror.page(ANA, KIND, **ALL, narrowed=RowFilter(search="sail")).total == 0
    assert not mirror.is_complete(ORG, KIND)


@pytest.mark.parametrize(
    "evicted",
    [
        mirror_keys.rows(ORG, KIND),
        mirror_keys.customers(ORG, KIND),
        mirror_keys.statuses_prefix(ORG, KIND) + "501",
        mirror_keys.index_prefix(ORG, KIND) + "501:sent:number",
    ],
)
def test_a_list_that_lost_a_part_is_not_shown_as_a_shorter_one(
    mirror: Mirror, page: Page, stores: Stores, evicted: str
) -> None:
    mirror.put_page(ORG, [a_row(1), a_row(2), a_row(3, status="paid")])
    mirror.mark_complete(ORG, KIND)
    assert stores.copies.delete(evicted) == 1
    assert page() == [] and not mirror.is_complete(ORG, KIND)


def test_a_torn_kind_is_whole_again_after_it_was_forgotten_and_read(
    mirror: Mirror, page: Page, stores: Stores
) -> None:
    rows = [a_row(1), a_row(2), a_row(3, status="paid")]
    mirror.put_page(ORG, rows)
    stores.copies.delete(mirror_keys.statuses_prefix(ORG, KIND) + "501")
    mirror.forget(ORG, KIND)
    assert mirror.ids(ORG, KIND) == set() and not list(
        stores.copies.scan_iter(mirror_keys.index_prefix(ORG, KIND).replace("{", "\\{") + "*")
    )
    mirror.put_page(ORG, rows)
    mirror.mark_complete(ORG, KIND)
    assert page() == ["9001", "9002", "9003"] and mirror.is_complete(ORG, KIND)


def test_forgetting_one_kind_or_organisation_leaves_the_others(mirror: Mirror, page: Page) -> None:
    mirror.put_page(ORG, [a_row(1)])
    mirror.put_page("us-12", [a_row(1)])
    mirror.forget(ORG, KIND)
    assert page() == [] and page(CustomerScope("us-12", "501")) == ["9001"]


def test_a_removed_row_leaves_nothing_behind(mirror: Mirror, page: Page) -> None:
    mirror.put_page(ORG, [a_row(1), a_row(2)])
    assert mirror.remove(ORG, KIND, "9001") and not mirror.remove(ORG, KIND, "9001")
    assert page() == ["9002"] and mirror.count(ORG, KIND) == 1 and mirror.page(ANA, KIND, **ALL).total == 1


def test_a_kind_is_complete_only_when_someone_said_so(mirror: Mirror) -> None:
    mirror.put_page(ORG, [a_row(1)])
    assert not mirror.is_complete(ORG, KIND)
    mirror.mark_complete(ORG, KIND)
    assert mirror.is_complete(ORG, KIND) and not mirror.is_complete(ORG, "estimates")
