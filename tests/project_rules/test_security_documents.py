"""What docs/security.md, docs/asvs.md and docs/data-kept.md say is there: every test, every key, every
requirement once.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.project_rules.project_files import ROOT, python_files, text_of

PROOFS = (Path("docs/security.md"), Path("docs/asvs.md"))
KEPT = Path("docs/data-kept.md")
TEST = re.compile(r"`(tests/[\w/.]+)`")
KEY = re.compile(r"`([a-z_]+\.[a-z_]+)`")
ROW = re.compile(r"^\| ([0-9][0-9., –]*) \| ([a-z ]+) \| (.+) \| (.+) \|$", re.MULTILINE)
STATES = ("shown", "read", "operator", "not here", "open")
SECTIONS = (
    "1.1 2, 1.2 9, 1.3 11, 1.4 3, 1.5 2, 2.1 3, 2.2 3, 2.3 4, 2.4 1, 3.2 2, 3.3 4, 3.4 6, 3.5 5, 3.7 "
    "2, 4.1 3, 4.2 1, 4.3 2, "
    "4.4 4, 5.1 1, 5.2 3, 5.3 2, 5.4 3, 6.1 3, 6.2 12, 6.3 4, 6.4 4, 6.5 5, 6.6 3, 6.8 4, 7.1 3, 7.2 "
    "4, 7.3 2, 7.4 5, 7.5 2, "
    "7.6 2, 8.1 2, 8.2 3, 8.3 1, 8.4 1, 9.1 3, 9.2 4, 10.1 2, 10.2 2, 10.3 4, 10.4 11, 10.5 5, 10.6 "
    "2, 10.7 3, 11.1 2, 11.2 "
    "3, 11.3 3, 11.4 4, 11.5 1, 11.6 1, 12.1 3, 12.2 2, 12.3 4, 13.1 1, 13.2 5, 13.3 2, 13.4 5, 14.1 "
    "2, 14.2 4, 14.3 3, 15.1 "
    "3, 15.2 3, 15.3 7, 16.1 1, 16.2 5, 16.3 4, 16.4 3, 16.5 3, 17.1 1, 17.2 4, 17.3 2"
)
"""ASVS 5.0: each section with how many requirements of level 1 and 2 it has; they are its first ones."""


@pytest.mark.parametrize("document", PROOFS, ids=str)
def test_every_test_that_is_named_is_there(document: Path) -> None:
    named = TEST.findall(text_of(document))
    assert len(named) > 50
    assert sorted({item for item in named if not (ROOT / item).is_file()}) == []


def test_every_key_is_described_with_its_life_and_nothing_else() -> None:
    made = {
        f"{path.parent.name}.{node.name}"
        for path in python_files("cache")
        if path.name == "keys.py"
        for node in ast.parse(text_of(path)).body
        if isinstance(node, ast.FunctionDef)
    }
    described = Counter(KEY.findall(text_of(KEPT)))
    assert len(made) > 60
    assert sorted(made - set(described)) == [], (
        f"describe these in {KEPT}: what they hold, how secret it is, until when"
    )
    assert sorted(set(described) - made) == [], f"{KEPT} describes keys that nothing makes"
    assert [key for key, times in described.items() if times > 1] == []


def test_every_requirement_of_both_levels_stands_once() -> None:
    wanted = [f"{section}.{number}" for section, count in _sections() for number in range(1, int(count) + 1)]
    found = Counter(item for numbers, *_ in _rows() for item in expanded(numbers))
    assert len(wanted) == 253
    assert [item for item in wanted if found[item] != 1] == []
    assert sorted(set(found) - set(wanted)) == []


def test_what_is_shown_names_a_test_and_nothing_else_needs_one() -> None:
    for numbers, state, how, tests in _rows():
        assert state in STATES, f"{numbers}: {state}"
        assert how.strip(" –"), f"{numbers} says nothing"
        assert TEST.findall(tests) if state == "shown" else tests == "–" or TEST.findall(tests), (
            f"{numbers} is shown by {tests}"
        )


def test_no_rule_against_dangers_is_silenced_without_a_reason() -> None:
    silenced = re.compile(r"# noqa: (?:[A-Z]+[0-9]+, ?)*S[0-9]+(?:, ?[A-Z]+[0-9]+)*(.*)")
    faults = [
        f"{path}:{number}"
        for path in python_files()
        if path.name != Path(__file__).name
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if (found := silenced.search(line)) and len(found[1].strip(" -(),")) < 8
    ]
    assert faults == []


def expanded(numbers: str) -> list[str]:
    """ "1.2.1–1.2.3, 1.2.5" → each of them."""
    found = []
    for part in numbers.replace(" ", "").split(","):
        first, _, last = part.partition("–")
        section, _, number = first.rpartition(".")
        found += [
            f"{section}.{item}" for item in range(int(number), int((last or first).rpartition(".")[2]) + 1)
        ]
    return found


def _rows() -> list[tuple[str, str, str, str]]:
    return ROW.findall(text_of(Path("docs/asvs.md")))


def _sections() -> list[list[str]]:
    return [part.split() for part in SECTIONS.split(", ")]
