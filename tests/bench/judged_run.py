"""A test that judges what it plays, played far more often than the usual run does."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = "4"


@dataclass(frozen=True)
class Judged:
    """said: the last line of pytest."""

    seconds: float
    said: str

    @property
    def cells(self) -> str:
        """For a table: minutes, and what the judge said."""
        return f"{self.seconds / 60:.0f} | {self.said}"


def judged_run(tests: Iterable[str], how_many: Mapping[str, object], *options: str) -> Judged:
    """tests: files below tests/. how_many: by the variable that the test asks for. Raises SystemExit with
    what pytest said of a fault.
    """
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-n",
        AT_ONCE,
        *options,
        *(f"tests/{test}" for test in tests),
    ]
    start = time.perf_counter()
    environ = {**os.environ, **{name: str(count) for name, count in how_many.items()}}
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(done.stdout[-6000:])
    return Judged(time.perf_counter() - start, done.stdout.strip().splitlines()[-1])
