"""Imports keep to the contracts of .importlinter, and each contract notices what it is there for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project_rules.import_rules import import_faults
from tests.project_rules.project_files import BESIDE_THE_PRODUCT, PRODUCT, python_files, text_of

ROOT = Path(__file__).resolve().parents[2]
LINTER = Path(sys.executable).with_name("lint-imports")


def lint_imports(directory: Path) -> tuple[bool, str]:
    """Whether every contract is kept by the code in this directory, and what the linter says."""
    ended = subprocess.run(
        [LINTER, "--no-cache"],
        cwd=directory,
        env={**os.environ, "PYTHONPATH": str(directory)},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode == 0, ended.stdout + ended.stderr


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code that a test may break."""
    directory = tmp_path_factory.mktemp("imports")
    for package in (*PRODUCT, *BESIDE_THE_PRODUCT):
        for path in python_files(package):
            (directory / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, directory / path)
    shutil.copy(ROOT / ".importlinter", directory)
    return directory


def test_every_contract_is_kept() -> None:
    kept, output = lint_imports(ROOT)
    assert kept, output


@pytest.mark.parametrize(
    ("path", "line", "contract"),
    [
        ("cache/hashes.py", "import connectors.zoho.api.errors", "Imports point down"),
        ("gateway/navigation.py", "import workers.push.deliver_order", "Of workers the gateway imports"),
        ("gateway/web/theme.py", "import gateway.reading.cold_reads", "No circles"),
        ("workers/deadline.py", "import redis", "Redis is spoken to in cache"),
        ("gateway/navigation.py", "import requests", "The network outside"),
        ("gateway/navigation.py", "import rq", "RQ is spoken to in workers"),
        ("workers/deadline.py", "import flask", "Flask is used in the gateway"),
        ("cache/hashes.py", "import marshmallow", "Marshmallow reads at the borders"),
        ("sandbox/__main__.py", "import config.settings", "Neither sandbox nor development"),
        ("cache/hashes.py", "import sandbox", "The product imports neither"),
    ],
)
def test_a_contract_notices(copied: Path, path: str, line: str, contract: str) -> None:
    file = copied / path
    whole = file.read_text(encoding="utf-8")
    file.write_text(f"{whole}\n{line}\n", encoding="utf-8")
    try:
        kept, output = lint_imports(copied)
    finally:
        file.write_text(whole, encoding="utf-8")
    assert not kept
    assert [text for text in output.splitlines() if text.startswith(contract) and " BROKEN" in text], output


@pytest.mark.parametrize("path", python_files(), ids=str)
def test_what_lies_beside_the_product_is_left_alone(path: Path) -> None:
    assert import_faults(path, text_of(path)) == []


@pytest.mark.parametrize(
    ("path", "source", "expected"),
    [
        ("gateway/app.py", "import tests.conftest", "only tests import tests"),
        ("development/redis_server.py", "import requests", "standard library only"),
        ("dev", "from gateway.app import create_app", "standard library only"),
        ("tests/gateway/test_pages.py", "import sandbox.books", "started and spoken to over HTTP"),
    ],
)
def test_the_rule_catches(path: str, source: str, expected: str) -> None:
    assert any(expected in fault for fault in import_faults(Path(path), source))


def test_the_sandbox_is_open_to_its_own_tests() -> None:
    assert import_faults(Path("tests/sandbox/test_books.py"), "import sandbox.books") == []
