"""./dev bench fuzzing: twenty thousand requests filled with what they are not for, as tests/security/test_fuzzing.py judges them.

FOYER_FUZZ_CASES and FOYER_FUZZ_SEED: how many, and which.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASES = os.environ.get("FOYER_FUZZ_CASES") or "20000"
AT_ONCE = "4"


def main() -> int:
    """0 when nothing was found; what pytest said of it otherwise, and 1."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", AT_ONCE, "tests/security/test_fuzzing.py"], cwd=ROOT,
        env={**os.environ, "FOYER_FUZZ_CASES": CASES}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        sys.stdout.write(done.stdout[-6000:])
        return 1
    minutes, said = (time.perf_counter() - start) / 60, done.stdout.strip().splitlines()[-1]
    sys.stdout.write(f"| requests | minutes | what the judge said |\n|---|---|---|\n| {int(CASES):,} | {minutes:.0f} | {said} |\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
