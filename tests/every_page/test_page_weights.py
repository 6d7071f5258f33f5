"""What pages weigh is a property, not a matter of the machine: the benchmark's own counting, with one
round.
"""

from __future__ import annotations

from tests.bench.bench_pages import AIM_AFTER_KB, AIM_FIRST_KB, PATHS, pages_of_the_demo, table
from tests.servers.running_product import RunningProduct


def test_no_page_is_heavy(product: RunningProduct) -> None:
    pages = pages_of_the_demo(product, rounds=1)
    assert {one.path for one in pages} > set(PATHS)
    assert all(one.files > 20 * 1024 for one in pages), "style sheets were not counted"
    assert [one.path for one in pages if one.page + one.files > AIM_FIRST_KB * 1024] == []
    assert [one.path for one in pages if one.page > AIM_AFTER_KB * 1024] == []
    assert table(pages).count("\n") == len(pages) + 1
