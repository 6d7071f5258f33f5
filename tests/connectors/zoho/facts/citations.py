"""Which facts of docs/zoho.md are cited, and which of them have a test that bears the fact's number.

Their numbers stand in docstrings, comments and documents: "zoho.md 4.4", "zoho.md 1.2 to 1.5".
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]

NUMBER = r"\d+(?:\.\d+)?"
CITATION = re.compile(rf"zoho\.md\)?\s+({NUMBER}(?:\s*(?:,|to|and)\s+{NUMBER})*)")
BREAK = re.compile(r"\s*[\"']?\n\s*(?:#|//|\*|f?[\"'])?\s*")
SPAN = re.compile(r"(\d+)\.(\d+)\s*to\s+\1\.(\d+)")
NAME = re.compile(r"test_facts_(\d+)(?:_(\d+))?_")


def cited_in(text: str) -> set[str]:
    """ "zoho.md 1.2 to 1.4, 9" → {"1.2", "1.3", "1.4", "9"}. Line breaks, of comments and of texts in several
    pieces too, are no hindrance.
    """
    found: set[str] = set()
    for numbers in CITATION.findall(BREAK.sub(" ", text)):
        for section, first, last in SPAN.findall(numbers):
            found |= {f"{section}.{number}" for number in range(int(first), int(last) + 1)}
        found |= set(re.findall(NUMBER, numbers))
    return found


def cited_by(files: Iterable[Path]) -> dict[str, list[str]]:
    """Number → names of the files that cite it."""
    found: dict[str, list[str]] = {}
    for file in sorted(files):
        for line in cited_in(file.read_text(encoding="utf-8")):
            found.setdefault(line, []).append(file.relative_to(ROOT).as_posix())
    return found


def lines_with_a_test(files: Iterable[Path]) -> set[str]:
    """ "4.4" for a function test_facts_4_4_…; such a test stands for its whole section too."""
    found: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and (named := NAME.match(node.name)):
                section, line = named.groups()
                found |= {section, f"{section}.{line}"} if line else {section}
    return found
