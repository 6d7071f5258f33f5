"""The glossary explains the words that the product's classes are named with."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

from tests.project_rules.glossary_rules import FRAMEWORK, WORDS, explained_by, singular, terms_of, words_of
from tests.project_rules.project_files import python_files, text_of

GLOSSARY = Path("docs/glossary.md")
PRODUCT = ("config", "cache", "connectors", "workers", "gateway")


def _product() -> list[str]:
    return [text_of(path) for top in PRODUCT for path in python_files(top)]


def classes() -> dict[str, list[str]]:
    """Name of a class → the files that define it."""
    found: dict[str, list[str]] = defaultdict(list)
    for top in PRODUCT:
        for path in python_files(top):
            for node in ast.parse(text_of(path)).body:
                if isinstance(node, ast.ClassDef):
                    found[node.name].append(str(path))
    return found


def test_every_class_is_named_with_a_word_of_the_glossary() -> None:
    terms = terms_of(text_of(GLOSSARY))
    named = [name for name in sorted(classes()) if not name.endswith(FRAMEWORK) and name[0] != "_"]
    assert [name for name in named if not explained_by(name, terms)] == []


def test_every_word_of_the_glossary_is_used_by_the_product() -> None:
    code = " ".join(singular(word) for word in WORDS.findall("\n".join(_product()))).lower()
    terms = terms_of(text_of(GLOSSARY))
    unused = [written for words, written in terms.items() if " ".join(words) not in code]
    assert unused == []


def test_a_class_name_has_one_meaning() -> None:
    assert {name: files for name, files in classes().items() if len(files) > 1} == {}


def test_an_unexplained_name_is_noticed() -> None:
    terms = terms_of("| word | meaning |\n|---|---|\n| order, link request | … |\n| clock (process) | … |\n")
    assert set(terms) == {("order",), ("link", "request"), ("clock",)}
    assert explained_by("OrderSteps", terms) == [("order",)]
    assert explained_by("LinkRequestForm", terms) == [("link", "request")]
    assert explained_by("Doorbell", terms) == []
    assert words_of("EntriesForm") == ("entry", "form")
