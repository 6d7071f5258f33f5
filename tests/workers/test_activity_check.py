"""The operator's look at the activity: says that it is whole, or which entry of whom is broken, and ends accordingly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cache import keys
from servers.worker_process import ROOT, environment_of
from workers.job_setup import Resources


def look(desk: Resources, folder: Path, *orgs: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **environment_of(desk.settings, folder)}
    command = [sys.executable, "-m", "workers.activity_check", *orgs]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def written(desk: Resources, org: str) -> str:
    for number in range(5):
        desk.activity.append(org, "ada", "invited", {"person": f"Person {number}"})
    return org


def test_a_whole_chain_ends_well(desk: Resources, written: str, tmp_path: Path) -> None:
    done = look(desk, tmp_path)
    assert (done.returncode, done.stdout) == (0, "Every chain is whole.\n")


def test_the_first_broken_entry_is_named(desk: Resources, written: str, tmp_path: Path) -> None:
    desk.redis.records.lset(keys.activity(written), 2, "{}")
    done = look(desk, tmp_path, written)
    assert done.returncode == 1 and f"{written}: entry 3 " in done.stderr
    assert look(desk, tmp_path, "us-another").returncode == 0
