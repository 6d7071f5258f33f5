"""./dev test: the tests of one source file, the quick ones, and no browser where none is needed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from development import checking
from development.choosing_tests import files_that_test
from development.plain_failure import PlainFailure


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    files = {
        "cache/stores.py": "",
        "cache/lonely.py": "",
        "tests/cache/test_stores.py": "",
        "tests/gateway/test_page.py": "from cache import stores",
        "tests/gateway/test_form.py": "from cache.stores import Stores",
        "tests/gateway/test_other.py": "import cache.stores_of_old",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_the_mirror_and_every_importing_file_are_chosen(repository: Path) -> None:
    assert files_that_test("cache/stores.py", repository) == [
        "tests/cache/test_stores.py",
        "tests/gateway/test_form.py",
        "tests/gateway/test_page.py",
    ]


def test_a_file_without_tests_is_told_with_the_place_of_its_mirror(repository: Path) -> None:
    with pytest.raises(PlainFailure, match=r"tests/cache/test_lonely\.py.*none imports cache\.lonely"):
        files_that_test("cache/lonely.py", repository)


@pytest.mark.parametrize("name", ["cache/missing.py", "cache", "/etc/hostname"])
def test_what_is_no_source_file_is_refused(repository: Path, name: str) -> None:
    with pytest.raises(PlainFailure, match="not a Python file of this repository"):
        files_that_test(name, repository)


def test_quick_means_the_tier_unit_and_the_rest_is_pytests() -> None:
    assert checking.pytest_arguments(["--quick", "tests/cache", "-x"]) == ["-m", "unit", "tests/cache", "-x"]


def test_for_without_a_file_is_refused() -> None:
    with pytest.raises(PlainFailure, match="--for needs a source file"):
        checking.pytest_arguments(["--for"])


@pytest.mark.parametrize(("arguments", "asked"), [([], 1), (["tests/cache"], 0), (["--quick"], 0)])
def test_only_a_full_run_asks_for_a_browser_at_once(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], asked: int
) -> None:
    calls: list[str] = []

    def browser() -> str:
        calls.append("asked")
        return "/a/browser"

    monkeypatch.setattr(checking, "ensure_environment", lambda extra: None)
    monkeypatch.setattr(checking, "find_binary", lambda environment: Path("/a/redis"))
    monkeypatch.setattr(checking, "ensure_chromium", browser)
    done: subprocess.CompletedProcess[str] = subprocess.CompletedProcess([], 0)
    monkeypatch.setattr(subprocess, "run", lambda *command, **options: done)
    assert checking.test(arguments) == 0
    assert len(calls) == asked
