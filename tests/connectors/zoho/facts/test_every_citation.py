"""Every fact of docs/zoho.md that the connectors rely on has a test named after it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.connectors.zoho.facts.citations import ROOT, cited_by, cited_in, lines_with_a_test

CONNECTORS = list((ROOT / "connectors").rglob("*.py"))
TESTS = list((ROOT / "tests" / "connectors").rglob("test_*.py"))


@pytest.fixture(scope="module")
def tested() -> set[str]:
    return lines_with_a_test(TESTS)


@pytest.mark.parametrize(
    ("line", "files"),
    sorted(cited_by(CONNECTORS).items()),
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_the_line_has_a_test_that_bears_its_number(line: str, files: list[str], tested: set[str]) -> None:
    assert line in tested, (
        f"{', '.join(files)} rely on zoho.md {line}: write test_facts_{line.replace('.', '_')}_…"
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('"""Answers (zoho.md 2.2)."""', {"2.2"}),
        ("# Lists (zoho.md 2.5, 2.6)", {"2.5", "2.6"}),
        ("tokens (zoho.md 1.2 to 1.5).", {"1.2", "1.3", "1.4", "1.5"}),
        ("nothing invented (zoho.md 2.4 and 9)", {"2.4", "9"}),
        ("as Zoho says it (zoho.md\n    4.10, 8)", {"4.10", "8"}),
        ("# as seen (zoho.md\n# 10.21)", {"10.21"}),
        ("zoho.md is good; see 4.4", set()),
        ("tokens (zoho.md 1.2 to 1.5).", {"1.2", "1.3", "1.4", "1.5"}),
        ("as Zoho says it (zoho.md\n    4.10, 8)", {"4.10", "8"}),
        ('fact="a list (zoho.md "\n        "4.7)"', {"4.7"}),
        ("// ends here (zoho.md\n// 7.2)", {"7.2"}),
        ("sent by mail ([zoho.md](../zoho.md) 4.2)", {"4.2"}),
        ("docs/zoho.md says it; see 4.4", set()),
    ],
)
def test_citations_are_found_however_they_are_written(text: str, lines: set[str]) -> None:
    assert cited_in(text) == lines


def test_a_line_without_a_test_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "test_one.py"
    file.write_text(
        "def test_facts_4_4_accept_is_not_idempotent(): ...\nclass A:\n    def "
        "test_facts_9_rules(self): ...\n"
    )
    assert lines_with_a_test([file]) == {"4", "4.4", "9"}
