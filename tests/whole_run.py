"""A whole run is whole: ./dev test without arguments fails when a test was left out or a kind of tests did
not run.

Active when FOYER_WHOLE_RUN is set. With several test processes it works in the one that gathers their
reports.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

PERMITTED_FILE = "tests/contract/test_shapes_are_current.py"
"""Compares with files that may not be handed on; without FOYER_ZOHO_OPENAPI one test of it cannot run."""

NOT_KINDS = {"servers"}
"""Folders of tests/ that hold what tests use, and no tests."""


def kinds_of(folder: Path) -> set[str]:
    """The kinds of tests that a whole run must hold: every folder of tests/ with Python in it."""
    return {
        path.name for path in folder.iterdir() if path.name not in NOT_KINDS and any(path.glob("**/*.py"))
    }


class WholeRun:
    """A pytest plugin. kinds: folders of tests/ that must have run something."""

    def __init__(self, kinds: set[str], *, zoho_files_are_there: bool) -> None:
        self._kinds, self._permitted = kinds, 0 if zoho_files_are_there else 1
        self._ran: set[str] = set()
        self._left_out: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        path = report.nodeid.partition("::")[0]
        if report.skipped:
            self._left_out.append(report.nodeid)
        elif report.when == "call" and path.count("/") >= 2:
            self._ran.add(path.split("/")[1])

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self._left_out.append(report.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.faults() and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for fault in self.faults():
            terminalreporter.write_line(f"NOT A WHOLE RUN: {fault}", red=True)

    def faults(self) -> list[str]:
        allowed = [name for name in self._left_out if name.startswith(PERMITTED_FILE)][: self._permitted]
        left_out = [name for name in self._left_out if name not in allowed]
        return [f"{name} was left out" for name in left_out] + [
            f"nothing of tests/{kind} ran" for kind in sorted(self._kinds - self._ran)
        ]


def watch(config: pytest.Config, folder: Path) -> None:
    """Called when pytest starts. folder: tests/."""
    is_one_of_several = hasattr(config, "workerinput")
    if os.environ.get("FOYER_WHOLE_RUN") and not is_one_of_several:
        config.pluginmanager.register(
            WholeRun(kinds_of(folder), zoho_files_are_there=bool(os.environ.get("FOYER_ZOHO_OPENAPI")))
        )
