"""Filter, order, search and page live in the address and combine."""

from __future__ import annotations

import pytest

from gateway.documents.invoice_views import LIST
from gateway.reading.list_query import PageNumbers, read_list_query


def test_everything_combines_and_survives_turning_the_page() -> None:
    query = read_list_query(LIST, {"type": "overdue", "sort": "largest", "q": " sail ", "page": "3"})
    assert (query.filter.key, query.order.by, query.order.descending, query.search, query.offset) == (
        "overdue",
        "total",
        True,
        "sail",
        50,
    )
    assert query.at(4) == {"type": "overdue", "sort": "largest", "q": "sail", "page": "4"}


def test_the_usual_is_left_out_of_the_address() -> None:
    assert read_list_query(LIST, {"type": "all", "sort": "newest"}).at(1) == {}


@pytest.mark.parametrize("page", ["0", "-1", "1e3", "٣", "", "999999999999", "two"])
def test_what_is_no_page_is_the_first_one(page: str) -> None:
    assert read_list_query(LIST, {"page": page}).page == 1


def test_unknown_choices_fall_back_to_the_usual() -> None:
    query = read_list_query(LIST, {"type": "'; DROP", "sort": "__proto__", "q": "\x00" + "a" * 500})
    assert (query.filter.key, query.order.key, query.search) == ("all", "newest", "a" * 80)


def test_the_numbers_under_a_list_are_right_at_its_end() -> None:
    numbers = PageNumbers(3, 61)
    assert (numbers.pages, numbers.first, numbers.last) == (3, 51, 61)
