"""The benchmark measures what it says, shown with few rows; and the promise behind it that does not depend on
the machine.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from redis import Redis

from tests.bench.bench_list_page import LARGE, ROWS_PER_PAGE, SMALL, fill, pages, searches, table
from tests.bench.measuring import counted_redis, measure

FEW, MANY = 30, 300


@pytest.fixture
def copies(stores: object, redis_pair: tuple[object, object]) -> Iterator[Redis]:
    """A counting connection to the empty copies, filled with both customers."""
    connection = counted_redis(redis_pair[1].url)  # type: ignore[attr-defined]
    fill(connection, {SMALL: FEW, LARGE: MANY})
    yield connection
    connection.close()


def test_every_page_that_is_measured_holds_the_rows_it_should(copies: Redis) -> None:
    small, large, small_status, large_status, _ = (read() for read in pages(copies, FEW, MANY).values())
    (found,) = (read() for read in searches(copies, MANY).values())
    assert len(small) == len(large) == ROWS_PER_PAGE
    assert {row.customer_id for row in small} == {SMALL}
    assert {row.customer_id for row in large} == {LARGE}
    assert {row.status for row in small_status + large_status} == {"overdue"}
    assert [row.body["number"] for row in found] == ["INV-000007"]


def test_a_page_is_one_round_trip_whatever_the_size_of_the_customer(copies: Redis) -> None:
    measured = measure(pages(copies, FEW, MANY), rounds=3)
    by_name = {name: item.round_trips for name, item in measured.items()}
    assert by_name[f"first page of {FEW}"] == by_name[f"first page of {MANY}"] == 1
    assert by_name[f"page 20 of {MANY}"] == 1


def test_the_table_has_a_line_for_every_page_against_the_first(copies: Redis) -> None:
    compared = pages(copies, FEW, MANY)
    lines = table(measure(compared, rounds=2)).splitlines()
    assert len(lines) == 2 + len(compared)
    assert f"| first page of {FEW} |" in lines[2]
    assert "| 1.00 | 1 |" in lines[2]
