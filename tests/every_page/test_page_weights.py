"""What pages weigh is a property, not a matter of the machine: the benchmark's own counting, with one
round.
"""

from __future__ import annotations

from tests.bench.bench_pages import AIM_AFTER_KB, AIM_FIRST_KB, PATHS, pages_of_the_demo, table
from tests.servers.running_product import RunningProduct


def test_no_page_is_heavy(product: RunningProduct) -> None:
    pages = pages_of_the_demo(product, rounds=1)
    assert {page.path for page in pages} > set(PATHS)
    assert all(page.files > 20 * 1024 for page in pages), "style sheets were not counted"
    assert [page.path for page in pages if page.page + page.files > AIM_FIRST_KB * 1024] == []
    assert [page.path for page in pages if page.page > AIM_AFTER_KB * 1024] == []
    assert table(pages).count("\n") == len(pages) + 1
