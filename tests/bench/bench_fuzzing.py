"""./dev bench fuzzing: twenty thousand requests filled with what they are not for, as
tests/security/test_fuzzing.py judges them.

FOYER_FUZZ_CASES and FOYER_FUZZ_SEED: how many, and which.
"""

from __future__ import annotations

import os
import sys

from tests.bench.judged_run import judged_run

JUDGE = ("security/test_fuzzing.py", "FOYER_FUZZ_CASES")
"""The test, and the variable that says how many."""

CASES = int(os.environ.get(JUDGE[1]) or "20000")


def main() -> int:
    judged = judged_run([JUDGE[0]], {JUDGE[1]: CASES})
    sys.stdout.write(
        f"| requests | minutes | what the judge said |\n|---|---|---|\n| {CASES:,} | {judged.cells} |\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
