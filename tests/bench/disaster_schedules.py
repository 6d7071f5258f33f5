"""The seeded disasters of tests/crash in great number: power cuts in one process, and real workers that are killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = "4"


@dataclass(frozen=True)
class Repertoire:
    """One line of the table. cut, killed: a test of tests/crash, and the variable that says how many schedules it plays."""

    words: str
    cut: tuple[str, str]
    killed: tuple[str, str]


REQUESTS = Repertoire(
    "what Zoho is told", ("test_cut_deliveries.py", "FOYER_CUT_SCHEDULES"), ("test_killed_workers.py", "FOYER_CRASH_SCHEDULES")
)
PAYMENTS = Repertoire(
    "payments at Zoho’s page", ("test_cut_payments.py", "FOYER_CUT_PAYMENTS"), ("test_killed_payments.py", "FOYER_KILLED_PAYMENTS")
)


@dataclass(frozen=True)
class Disasters:
    """said: the last line of pytest, whose tests judge each order: lost, delivered or paid twice, a receipt that is not true."""

    words: str
    cut: int
    killed: int
    seconds: float
    said: str


def disasters(what: Repertoire, *, cut: int, killed: int) -> Disasters:
    """Play them. Raises SystemExit with what pytest said when a receipt was not true, or an order lost or doubled."""
    environ = {**os.environ, what.cut[1]: str(cut), what.killed[1]: str(killed)}
    tests = [f"tests/crash/{file}" for file, _ in (what.cut, what.killed)]
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", AT_ONCE, *tests], cwd=ROOT, env=environ,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise SystemExit(done.stdout[-6000:])
    return Disasters(what.words, cut, killed, time.perf_counter() - start, done.stdout.strip().splitlines()[-1])


def table(played: Iterable[Disasters]) -> str:
    return "\n".join([
        "| orders | of them | in one process | with real workers | minutes | what the judge said |", "|---|---|---|---|---|---|",
        *(
            f"| {found.words} | {found.cut + found.killed:,} | {found.cut:,} | {found.killed:,} | {found.seconds / 60:.0f} | {found.said} |"
            for found in played
        ),
    ])  # fmt: skip
