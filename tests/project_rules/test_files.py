"""Names that say something, files that hold one responsibility, empty packages, and no kind of test left
out.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.project_rules.file_rules import name_faults, package_faults, size_faults
from tests.project_rules.project_files import (
    BESIDE_THE_PRODUCT,
    PRODUCT,
    our_files,
    python_files,
    text_files,
    text_of,
)

KINDS_OF_TESTS = (*PRODUCT, "sandbox", "bench", "contract", "crash", "project_rules", "journeys", "security")


def test_every_file_has_a_name_that_says_something() -> None:
    assert [fault for path in our_files() for fault in name_faults(path)] == []


def test_no_file_grows_past_its_limit() -> None:
    assert [fault for path in text_files() for fault in size_faults(path, text_of(path))] == []


def test_packages_say_nothing_in_their_init() -> None:
    packages = python_files(*PRODUCT, *BESIDE_THE_PRODUCT)
    assert [fault for path in packages for fault in package_faults(path, text_of(path))] == []


@pytest.mark.parametrize("kind", KINDS_OF_TESTS)
def test_every_kind_of_test_is_there(kind: str) -> None:
    assert count_tests({path: text_of(path) for path in python_files("tests") if path.parts[1] == kind}) > 0


def count_tests(sources: dict[Path, str]) -> int:
    """Test functions in test files."""
    return sum(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
        for path, source in sources.items()
        if path.name.startswith("test_")
        for node in ast.walk(ast.parse(source))
    )


@pytest.mark.parametrize(
    "path",
    ["cache/utils.py", "gateway/form_helpers.py", "connectors/common/line.py", "workers/sync_manager.py"],
)
def test_a_name_that_says_nothing_is_caught(path: str) -> None:
    assert name_faults(Path(path))


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (size_faults, "cache/keys.py", "x = 1\n" * 251),
        (size_faults, "gateway/templates/pages/home.html", "<p>\n" * 251),
        (size_faults, "dev", "x = 1\n" * 251),
        (size_faults, "tests/cache/test_keys.py", "x = 1\n" * 351),
        (package_faults, "cache/__init__.py", "from cache.keys import order_key\n"),
    ],
)
def test_the_rule_catches(rule: Callable[[Path, str], list[str]], path: str, text: str) -> None:
    assert rule(Path(path), text)


def test_the_limits_themselves_are_allowed() -> None:
    assert size_faults(Path("cache/keys.py"), "x = 1\n" * 250) == []
    assert size_faults(Path("gateway/static/foyer.css"), "p {}\n" * 900) == []
    assert package_faults(Path("cache/__init__.py"), "") == []
    assert name_faults(Path("cache/communication.py")) == []


def test_a_folder_without_a_test_function_counts_nothing() -> None:
    assert (
        count_tests(
            {Path("tests/crash/conftest.py"): "def test_x(): ...", Path("tests/crash/test_none.py"): "x = 1"}
        )
        == 0
    )
    assert count_tests({Path("tests/crash/test_one.py"): "class A:\n    def test_x(self): ..."}) == 1
