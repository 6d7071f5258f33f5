"""./dev test, ./dev check, ./dev lock, ./dev operations, ./dev screenshots, ./dev bench."""

from __future__ import annotations

import os
import subprocess
import sys

from development.choosing_tests import files_that_test
from development.chromium import ensure_chromium
from development.environment import ensure_environment
from development.places import PYTHON, ROOT, VIRTUAL_ENVIRONMENT
from development.plain_failure import PlainFailure
from development.redis_server import find_binary

PARALLEL = "4"
"""Test processes. They mostly wait for other processes, so two cores carry four."""

WHOLE_RUN = ["-n", PARALLEL, "--dist", "loadgroup", "tests"]
"""Each idle process gets the next test; tests that share a running copy stay together (tests/conftest.py)."""

TEMPLATE_FOLDERS = ("gateway/templates", "workers/email/templates")

LOCKED = {"runtime": (), "demo": ("demo",), "test": ("demo", "test")}


def test(arguments: list[str]) -> int:
    """Everything, or what the pytest arguments select. In a full run a skipped test is a failure:
    tests/whole_run.py.

    Tests start and empty their own Redis servers; those in $REDIS_URL are not used. A full run asks for a
    browser at once; otherwise the first test that needs one does (fixture chromium of tests/conftest.py).
    """
    arguments = pytest_arguments(arguments)
    ensure_environment("test")
    if find_binary(VIRTUAL_ENVIRONMENT) is None:
        raise PlainFailure(
            "The tests need a Redis: install redis-server (or valkey-server) so that it is on PATH."
        )
    environ = dict(os.environ)
    # The tests start hundreds of processes: each would compile the product again.
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    environ.pop("REDIS_URL", None)
    environ.pop("CACHE_REDIS_URL", None)
    command = [str(PYTHON), "-m", "pytest", "-q", *(arguments or WHOLE_RUN)]
    if not arguments:
        environ["FOYER_CHROMIUM"] = ensure_chromium()
        environ["FOYER_WHOLE_RUN"] = "1"
    return subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode


def pytest_arguments(arguments: list[str]) -> list[str]:
    """The arguments of ./dev test as pytest's: --quick, and --for with a source file, are ours.

    Raises PlainFailure where --for names no file, or one without tests.
    """
    ours: list[str] = []
    left = list(arguments)
    while left:
        argument = left.pop(0)
        if argument == "--quick":
            ours += ["-m", "unit"]
        elif argument == "--for":
            if not left:
                raise PlainFailure("--for needs a source file: ./dev test --for cache/stores.py")
            ours += files_that_test(left.pop(0), ROOT)
        else:
            ours.append(argument)
    return ours


def screenshots() -> int:
    """Take all screenshots again, with the tests that visit every page and those of the README."""
    os.environ["FOYER_SCREENSHOTS"] = "all"
    for old in (ROOT / "var" / "screenshots").glob("*.jpg"):
        old.unlink()
    return test(["-q", "tests/every_page", "tests/journeys", "-k", "page or pictures"])


def check() -> int:
    """Lint, imports and types."""
    ensure_environment("test")
    worst = 0
    for name, command in (
        ("ruff", [str(PYTHON), "-m", "ruff", "check", "."]),
        ("ruff format", [str(PYTHON), "-m", "ruff", "format", "--check", "."]),
        ("imports", [str(PYTHON.with_name("lint-imports"))]),
        ("djlint", [str(PYTHON), "-m", "djlint", "--lint", "--quiet", *TEMPLATE_FOLDERS]),
        ("mypy", [str(PYTHON), "-m", "mypy"]),
        ("mypy (development)", [str(PYTHON), "-m", "mypy", "development", "dev"]),
    ):
        print(f"{name} …", flush=True)
        worst = max(worst, subprocess.run(command, cwd=ROOT, check=False).returncode)
    return worst


def lock() -> int:
    """Pin the requirements of setup.cfg, with hashes and without any package index URL."""
    ensure_environment("test")
    subprocess.run([str(PYTHON), "-m", "pip", "install", "--quiet", "uv"], check=True)
    for name, extras in LOCKED.items():
        command = [
            str(PYTHON),
            "-m",
            "uv",
            "pip",
            "compile",
            "setup.cfg",
            "--universal",
            "--generate-hashes",
            "--no-header",
            "--quiet",
        ]
        for extra in extras:
            command += ["--extra", extra]
        if name != "runtime":
            command += ["--constraint", "requirements/runtime.txt"]
        subprocess.run([*command, "--output-file", f"requirements/{name}.txt"], cwd=ROOT, check=True)
    for file in (ROOT / "requirements").glob("*.txt"):
        if "://" in file.read_text(encoding="utf-8"):
            raise PlainFailure(f"{file.name} holds an address; it must hold names, versions and hashes only.")
    return 0


def operations() -> int:
    """Regenerate the page of Zoho operations from the connectors' tables."""
    ensure_environment("test")
    return subprocess.run(
        [str(PYTHON), "-m", "tests.connectors.zoho.operations_page"], cwd=ROOT, check=False
    ).returncode


def translations() -> int:
    """Update the catalogs of the client's side to the messages in the code."""
    ensure_environment("test")
    return subprocess.run(
        [str(PYTHON), "-m", "tests.languages.message_catalogs"], cwd=ROOT, check=False
    ).returncode


def bench(names: list[str]) -> int:
    """Run the benchmarks of tests/bench, all or the named ones; each prints a table."""
    ensure_environment("test")
    there = sorted(file.stem for file in (ROOT / "tests" / "bench").glob("bench_*.py"))
    wanted = [f"bench_{name.removeprefix('bench_')}" for name in names] or there
    if strange := [name for name in wanted if name not in there]:
        raise PlainFailure(
            f"There is no benchmark {strange[0].removeprefix('bench_')}. There are: {', '.join(there)}"
        )
    for name in wanted:
        done = subprocess.run([str(PYTHON), "-m", f"tests.bench.{name}"], cwd=ROOT, check=False)
        if done.returncode != 0:
            print(f"{name} failed.", file=sys.stderr)
            return done.returncode
    return 0
