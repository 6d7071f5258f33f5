"""Exports: whatever stands in a cell comes back exactly, and no spreadsheet runs it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.web.csv_export import NUMBER, csv_text


def read(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1", '=HYPERLINK("x")']
)
def test_a_cell_that_would_be_a_formula_becomes_text(cell: str) -> None:
    assert read(csv_text(["a"], [[cell]]))[1] == [f"'{cell}"]


@given(
    st.lists(
        st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00")),
        min_size=1,
        max_size=4,
    )
)
def test_every_other_cell_comes_back_exactly(cells: list[str]) -> None:
    row = read(csv_text(["h"] * len(cells), [cells]))[1]
    for given_cell, found in zip(cells, row, strict=True):
        assert found in (given_cell, f"'{given_cell}")
        assert NUMBER.fullmatch(found) or not found.lstrip(" ").startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("cell", ["-5", "-1250.50", "0", "1250.50"])
def test_a_plain_number_stays_one(cell: str) -> None:
    assert read(csv_text(["a"], [[cell]]))[1] == [cell]
