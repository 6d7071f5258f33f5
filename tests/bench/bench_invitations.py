"""./dev bench invitations: a thousand people invited with one press while mail workers are killed; each gets
one letter.

FOYER_INVITED: how many. tests/workers/email/test_bulk_invitations.py judges it, with fewer in the usual
run.
"""

from __future__ import annotations

import os
import sys

from tests.bench.judged_run import judged_run

JUDGE = ("workers/email/test_bulk_invitations.py", "FOYER_INVITED")
"""The test, and the variable that says how many."""

INVITED = int(os.environ.get(JUDGE[1]) or "1000")


def main() -> int:
    judged = judged_run([JUDGE[0]], {JUDGE[1]: INVITED}, "-k", "killed")
    sys.stdout.write(
        f"| people | minutes | what the judge said |\n|---|---|---|\n| {INVITED:,} | {judged.cells} |\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
