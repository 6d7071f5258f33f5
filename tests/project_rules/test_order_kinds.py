"""Every kind of order has a whole row in each of the three tables; a cell left out is an error, not a
default.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import pytest

from cache.records.email.email_kinds import EMAIL_KINDS
from cache.records.orders.kinds import ORDER_KINDS
from cache.records.orders.order import OrderKind
from cache.records.portal.portal_settings import PortalSettings
from gateway.requests.activity_groups import GROUPS
from gateway.requests.order_kinds import ORDER_PAGES
from workers.push.order_kinds import ORDER_RULES

TABLES: dict[str, Mapping[OrderKind, Any]] = {
    "records": ORDER_KINDS,
    "delivery": ORDER_RULES,
    "pages": ORDER_PAGES,
}
CELLS = [
    (table, kind, field.name)
    for table, rows in TABLES.items()
    for kind, row in rows.items()
    for field in dataclasses.fields(row)
]


def missing_kinds(rows: Mapping[OrderKind, Any]) -> set[OrderKind]:
    return set(OrderKind) - set(rows)


@pytest.mark.parametrize("table", TABLES)
def test_every_kind_has_a_row(table: str) -> None:
    assert missing_kinds(TABLES[table]) == set()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("kind", OrderKind)
def test_a_row_that_is_taken_out_is_missed(table: str, kind: OrderKind) -> None:
    assert missing_kinds({item: row for item, row in TABLES[table].items() if item is not kind}) == {kind}


@pytest.mark.parametrize(("table", "kind", "cell"), CELLS)
def test_a_cell_that_is_taken_out_is_missed(table: str, kind: OrderKind, cell: str) -> None:
    row = TABLES[table][kind]
    cells = {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}
    assert type(row)(**cells) == row
    del cells[cell]
    with pytest.raises(TypeError, match=cell):
        type(row)(**cells)


@pytest.mark.parametrize("kind", OrderKind)
def test_what_a_row_names_is_there(kind: OrderKind) -> None:
    row = ORDER_KINDS[kind]
    switches = {field.name for field in dataclasses.fields(PortalSettings) if field.type == "bool"}
    assert row.switches and set(row.switches) <= switches
    assert "%(number)s" in row.title
    assert row.merchant_email in {"", *EMAIL_KINDS}
    assert kind not in row.conflicts_with
    assert ORDER_PAGES[kind].activity_group in GROUPS


@pytest.mark.parametrize("kind", OrderKind)
def test_kinds_hold_each_other_back(kind: OrderKind) -> None:
    """One direction alone would let both settle the same document."""
    for other in ORDER_KINDS[kind].conflicts_with:
        assert kind in ORDER_KINDS[other].conflicts_with
