"""The guard of a whole run, proven on small trees of tests with a real pytest, in one process and in
several.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.whole_run import kinds_of

ROOT = Path(__file__).resolve().parents[2]
LEAVE_OUT = "pytest." + "skip"
CONFTEST = f"""
import sys
from pathlib import Path

sys.path.insert(0, {str(ROOT)!r})
from tests.whole_run import watch


def pytest_configure(config):
    watch(config, Path(__file__).parent)
"""
PASSES = "def test_it(): pass\n"
LEFT_OUT = f"import pytest\ndef test_it(): {LEAVE_OUT}('no')\n"
PERMITTED = "contract/test_shapes_are_current.py"

IN_ONE, IN_TWO = (), ("-n", "2", "--dist", "loadgroup")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A whole tree: two kinds of tests, and a folder of what they use."""
    (tmp_path / "pytest.ini").write_text("[pytest]\n", "utf-8")
    put(tmp_path, "conftest.py", CONFTEST)
    put(tmp_path, "cache/test_keys.py", PASSES)
    put(tmp_path, "contract/test_answers.py", PASSES)
    put(tmp_path, "servers/free_ports.py", "x = 1\n")
    return tmp_path


def put(tree: Path, path: str, text: str) -> None:
    file = tree / "tests" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def run(tree: Path, how: tuple[str, ...], **variables: str) -> subprocess.CompletedProcess[str]:
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("FOYER_", "PYTEST_"))
    }
    environ |= {"FOYER_WHOLE_RUN": "1", "PYTHONDONTWRITEBYTECODE": "1", **variables}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--import-mode=importlib",
        "-p",
        "no:cacheprovider",
        *how,
        "tests",
    ]
    return subprocess.run(
        command, cwd=tree, env=environ, capture_output=True, text=True, timeout=120, check=False
    )


def test_everything_ran(tree: Path) -> None:
    assert run(tree, IN_ONE).returncode == 0


@pytest.mark.parametrize("how", [IN_ONE, IN_TWO], ids=["one process", "two processes"])
def test_a_test_a_file_and_a_kind_that_were_left_out_are_named(tree: Path, how: tuple[str, ...]) -> None:
    put(tree, "cache/test_more.py", LEFT_OUT)
    put(
        tree,
        "contract/test_whole_file.py",
        f"import pytest\n{LEAVE_OUT}('no', allow_module_level=True)\n{PASSES}",
    )
    put(tree, "journeys/test_main_job.py", "def walk(): pass\n")
    done = run(tree, how)
    assert done.returncode == 1
    assert "NOT A WHOLE RUN: tests/cache/test_more.py::test_it was left out" in done.stdout
    assert "NOT A WHOLE RUN: tests/contract/test_whole_file.py was left out" in done.stdout
    assert "NOT A WHOLE RUN: nothing of tests/journeys ran" in done.stdout


@pytest.mark.parametrize(
    "path, text", [("cache/test_more.py", LEFT_OUT), ("journeys/test_main_job.py", "def walk(): pass\n")]
)
def test_each_alone_is_enough_to_fail(tree: Path, path: str, text: str) -> None:
    put(tree, path, text)
    assert run(tree, IN_ONE).returncode == 1


@pytest.mark.parametrize("how", [IN_ONE, IN_TWO], ids=["one process", "two processes"])
def test_the_one_comparison_that_needs_zohos_files_is_permitted(tree: Path, how: tuple[str, ...]) -> None:
    put(tree, PERMITTED, LEFT_OUT)
    assert run(tree, how).returncode == 0


def test_it_is_not_permitted_when_the_files_are_there(tree: Path) -> None:
    put(tree, PERMITTED, LEFT_OUT)
    assert run(tree, IN_ONE, FOYER_ZOHO_OPENAPI="somewhere").returncode == 1


def test_a_second_one_beside_it_is_not_permitted(tree: Path) -> None:
    put(tree, PERMITTED, LEFT_OUT + LEFT_OUT.replace("test_it", "test_more"))
    assert run(tree, IN_ONE).returncode == 1


def test_a_failure_stays_a_failure(tree: Path) -> None:
    put(tree, "cache/test_more.py", "def test_it(): assert 0\n")
    assert run(tree, IN_ONE).returncode == 1


def test_part_of_a_run_may_leave_tests_out(tree: Path) -> None:
    put(tree, "cache/test_more.py", LEFT_OUT)
    assert run(tree, IN_ONE, FOYER_WHOLE_RUN="").returncode == 0


def test_the_kinds_are_the_folders_of_the_real_tests() -> None:
    kinds = kinds_of(ROOT / "tests")
    assert {"cache", "contract", "crash", "development", "journeys", "security", "bench"} <= kinds
    assert not kinds & {"servers", "__pycache__"}
