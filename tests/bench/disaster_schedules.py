"""The seeded disasters of tests/crash in great number: power cuts in one process, and real workers that are killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = "4"
TESTS = ("tests/crash/test_cut_deliveries.py", "tests/crash/test_killed_workers.py")


@dataclass(frozen=True)
class Disasters:
    """said: the last line of pytest, whose tests judge each order: lost, delivered twice, a receipt that is not true."""

    cut: int
    killed: int
    seconds: float
    said: str


def disasters(*, cut: int, killed: int) -> Disasters:
    """Play them. Raises SystemExit with what pytest said when a receipt was not true, or an order lost or doubled."""
    environ = {**os.environ, "FOYER_CUT_SCHEDULES": str(cut), "FOYER_CRASH_SCHEDULES": str(killed)}
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", AT_ONCE, *TESTS], cwd=ROOT, env=environ,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise SystemExit(done.stdout[-6000:])
    return Disasters(cut, killed, time.perf_counter() - start, done.stdout.strip().splitlines()[-1])


def table(found: Disasters) -> str:
    return "\n".join([
        "| orders | in one process | with real workers | minutes | what the judge said |", "|---|---|---|---|---|",
        f"| {found.cut + found.killed:,} | {found.cut:,} | {found.killed:,} | {found.seconds / 60:.0f} | {found.said} |",
    ])  # fmt: skip
