"""The switch by which tests kill workers does nothing by accident."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (
    "from workers.crash_points import reached; reached('before_claim'); "
    "reached('after_claim'); print('alive')"
)


@pytest.mark.parametrize(
    ("environment", "dies"),
    [
        ({}, False),
        ({"FOYER_CRASH_AT": "", "FOYER_ENVIRONMENT": "test"}, False),
        ({"FOYER_CRASH_AT": "after_post", "FOYER_ENVIRONMENT": "test"}, False),
        ({"FOYER_CRASH_AT": "after_claim", "FOYER_ENVIRONMENT": "test"}, True),
        ({"FOYER_CRASH_AT": "after_claim", "FOYER_ENVIRONMENT": "development"}, True),
        ({"FOYER_CRASH_AT": "after_claim", "FOYER_ENVIRONMENT": "production"}, False),
        ({"FOYER_CRASH_AT": "after_claim"}, False),
    ],
)
def test_only_the_named_step_kills_and_never_in_production(environment: dict[str, str], dies: bool) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode == -signal.SIGKILL) is dies
    assert ("alive" in answer.stdout) is not dies
