"""The benchmark of the list of clients measures what it says, shown with few customers; what hangs on no
machine is held in tests/gateway/merchant/clients/test_client_list.py.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bench.bench_clients import Merchants, table
from tests.bench.bench_world import bench_world
from tests.bench.measuring import measure

FEW, MANY = 30, 110


@pytest.fixture(scope="module")
def merchants() -> Iterator[Merchants]:
    with bench_world() as world:
        yield Merchants(world, (FEW, MANY))


def test_every_page_that_is_measured_shows_what_it_should(merchants: Merchants) -> None:
    shown = {name: look() for name, look in (merchants.pages() | merchants.searches()).items()}
    assert [page.count('<tr role="row">') - 1 for page in shown.values()] == [25, 5, 25, 10, 1, 3, 1, 11]
    assert (
        f"1–25 of {MANY}" in shown[f"first page of {MANY}"] and "Quay 000109" in shown[f"last page of {MANY}"]
    )
    assert "Quay 000109" in shown[f"search in {MANY}"]


def test_a_page_after_a_change_has_the_change(merchants: Merchants) -> None:
    for look in merchants.changed_pages().values():
        assert "Aab 0001" in look() and "Aab 0002" in look()


def test_the_table_has_a_line_for_every_page_against_the_first(merchants: Merchants) -> None:
    lines = table(measure(merchants.pages(), rounds=1)).splitlines()
    assert len(lines) == 6 and f"| first page of {FEW} |" in lines[2] and lines[2].endswith("| 1.0 |")
    assert 20 < merchants.bytes_per_customer(MANY) < 400
