"""docs/zoho.md holds every fact that is cited and says where each statement comes from."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.connectors.zoho.facts.citations import ROOT, cited_by, lines_with_a_test
from tests.connectors.zoho.facts.fact_page import (
    KINDS,
    SINGLE,
    WHOLE,
    FactPage,
    misplaced_facts,
    only_inferred,
    read_page,
    unknown_citations,
)
from tests.project_rules.project_files import PRODUCT, python_files, text_files

PAGE = Path("docs/zoho.md")
HERE = Path(__file__).resolve().parent.relative_to(ROOT)
WITH_MADE_UP_NUMBERS = {
    HERE / name for name in ("test_every_citation.py", "test_fact_page.py", "citations.py")
}
CITING = [path for path in text_files() if path != PAGE and path not in WITH_MADE_UP_NUMBERS]


@pytest.fixture(scope="module")
def page() -> FactPage:
    return read_page((ROOT / PAGE).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def cited() -> dict[str, list[str]]:
    """By words, and by the names of tests."""
    found = cited_by(ROOT / path for path in CITING)
    for number in lines_with_a_test(ROOT / path for path in python_files("tests") if path in CITING):
        found.setdefault(number, []).append("the name of a test")
    return found


@pytest.fixture(scope="module")
def cited_by_product() -> set[str]:
    return set(cited_by(ROOT / path for path in CITING if path.parts[0] in PRODUCT))


def test_the_page_is_numbered_and_every_statement_names_its_source(page: FactPage) -> None:
    assert page.faults == []
    assert len(page.facts) > 60
    assert {kind for fact in page.facts.values() for kind in fact.kinds} == set(KINDS)


def test_every_citation_leads_to_a_fact(page: FactPage, cited: dict[str, list[str]]) -> None:
    assert list(unknown_citations(page, cited)) == []


def test_what_nobody_cites_stands_apart_and_nothing_else_does(
    page: FactPage, cited: dict[str, list[str]]
) -> None:
    assert list(misplaced_facts(page, cited.keys())) == []


def test_the_list_at_the_end_holds_every_conclusion_that_the_product_relies_on(
    page: FactPage, cited_by_product: set[str]
) -> None:
    needed = only_inferred(page, cited_by_product)
    assert len(needed) > 20
    assert sorted((needed - page.listed).elements()) == [], "add what happens if it is wrong"
    assert sorted((page.listed - needed).elements()) == [], (
        "the product does not rely on it, or it has a source"
    )


MADE_UP = """# Made up

Words before the first section.

## 4. Operations

Words about a section.

### 4.1 Tea
- *documented* It is poured
  when it is hot.
- *inferred* And drunk.

### 4.2 Coffee
- *inferred* It is brown.

## 8. Both together
- *recorded* They are not mixed.

## Not relied on yet

### 4.3 Cocoa
- *inferred* It is sweet.

## Relied on, only inferred

### Whole numbers

- 4.2: it has another colour.

### Single statements

- 4.1: it gets cold.
"""


def test_a_page_without_faults_is_read() -> None:
    page = read_page(MADE_UP)
    assert page.faults == []
    assert {number: fact.kinds for number, fact in page.facts.items()} == {
        "4.1": ["documented", "inferred"],
        "4.2": ["inferred"],
        "8": ["recorded"],
        "4.3": ["inferred"],
    }
    assert page.numbers == {"4", "4.1", "4.2", "4.3", "8"}
    assert page.listed == {(WHOLE, "4.2"): 1, (SINGLE, "4.1"): 1}


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("- *inferred* It is brown.", "- *guessed* It is brown.", "4.2: guessed is no kind of source"),
        ("- *inferred* It is brown.", "- It is brown.", "4.2: no statement with a source: - It is brown."),
        ("- *inferred* It is brown.", "It is brown.", "4.2: no statement with a source: It is brown."),
        ("- *recorded* They are", "- *recorded*They are", "8: no statement with a source"),
        ("- *inferred* It is brown.", "", "4.2 says nothing"),
        ("### 4.2 Coffee", "### 4.1 Coffee", "4.1 is there twice"),
        ("### 4.2 Coffee", "### 5.2 Coffee", '5.2 stands under "4. Operations"'),
        ("### 4.2 Coffee", "### Coffee", "a fact without a number: Coffee"),
        ("### 4.2 Coffee", "## 4.2 Coffee", "4.2 has the heading of a section"),
        ("### 4.2 Coffee", "### 4 Coffee", "4 has the heading of a fact"),
        ("Words before the first section.", "- *recorded* Lost.", "a statement of no number"),
        ("- 4.2: it has", "- it has", "an entry of the last list without a number"),
        ("## Not relied on yet", "## Relied on, only inferred", "is not the last section"),
    ],
)
def test_a_fault_of_the_page_is_noticed(right: str, wrong: str, fault: str) -> None:
    assert MADE_UP.count(right) == 1
    assert [item for item in read_page(MADE_UP.replace(right, wrong)).faults if fault in item]


def test_a_citation_of_a_missing_number_is_noticed() -> None:
    page = read_page(MADE_UP)
    assert list(unknown_citations(page, {"4.1": ["a.py"], "4": ["a.py"], "8": ["b.py"]})) == []
    assert list(unknown_citations(page, {"4.9": ["a.py", "b.py"], "8.1": ["c.py"]})) == [
        "4.9 is cited by a.py, b.py, and docs/zoho.md has no such fact",
        "8.1 is cited by c.py, and docs/zoho.md has no such fact",
    ]


def test_a_fact_on_the_wrong_side_is_noticed() -> None:
    page = read_page(MADE_UP)
    assert list(misplaced_facts(page, {"4.1", "4.2", "8"})) == []
    assert list(misplaced_facts(page, {"4", "4.1", "8"})) == [
        '4.2 is cited nowhere: move it under "Not relied on yet"'
    ], "a section that is cited whole excuses none of its facts"
    assert list(misplaced_facts(page, {"4.1", "4.2", "4.3", "8"})) == [
        '4.3 is cited: move it out of "Not relied on yet"'
    ]


@pytest.mark.parametrize(
    ("text", "cited", "missing", "too_many"),
    [
        (MADE_UP, {"4.1", "4.2", "8"}, [], []),
        (MADE_UP, {"4.1", "8"}, [], [(WHOLE, "4.2")]),
        (MADE_UP.replace("- 4.2: it has another colour.", ""), {"4.1", "4.2"}, [(WHOLE, "4.2")], []),
        (
            MADE_UP.replace("And drunk.", "And drunk.\n- *inferred* Twice."),
            {"4.1", "4.2"},
            [(SINGLE, "4.1")],
            [],
        ),
        (
            MADE_UP.replace("- *inferred* It is brown", "- *recorded* It is brown"),
            {"4.1", "4.2"},
            [],
            [(WHOLE, "4.2")],
        ),
        (
            MADE_UP.replace("It is brown.", "It is brown.\n- *recorded* And hot."),
            {"4.1", "4.2"},
            [(SINGLE, "4.2")],
            [(WHOLE, "4.2")],
        ),
    ],
    ids=["right", "not relied on", "not listed", "one more statement", "has a source", "in the wrong part"],
)
def test_a_wrong_list_at_the_end_is_noticed(
    text: str, cited: set[str], missing: list[tuple[str, str]], too_many: list[tuple[str, str]]
) -> None:
    page = read_page(text)
    needed: Counter[tuple[str, str]] = only_inferred(page, cited)
    assert sorted((needed - page.listed).elements()) == missing
    assert sorted((page.listed - needed).elements()) == too_many
