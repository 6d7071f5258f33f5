"""Which processes are ours, and what is written down about them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from development import running_copy
from development.places import Places
from development.running_copy import RunningCopy, RunningCopyFile, is_ours, read_running

SLEEPER = "import time; print('up', flush=True); time.sleep(600)  # a_word_to_find"


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[str]]:
    """A process that is certainly up."""
    with subprocess.Popen((sys.executable, "-c", SLEEPER), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        yield process
        process.kill()


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setattr("development.places.ROOT", tmp_path)
    here = Places(12_000)
    here.folder.mkdir(parents=True)
    return here


def test_a_living_process_is_ours_when_its_command_says_so(sleeper: subprocess.Popen[str]) -> None:
    assert is_ours(sleeper.pid, "a_word_to_find")
    assert not is_ours(sleeper.pid, "another_word")


def test_an_ended_process_is_not_ours_even_before_it_was_waited_for(sleeper: subprocess.Popen[str]) -> None:
    sleeper.kill()
    os.waitid(os.P_PID, sleeper.pid, os.WEXITED | os.WNOWAIT)
    assert not is_ours(sleeper.pid, "a_word_to_find")
    sleeper.wait()
    assert not is_ours(sleeper.pid, "a_word_to_find")


@pytest.mark.parametrize("has_ps", [True, False])
def test_ps_is_asked_where_there_is_no_proc_and_may_be_missing_too(
    has_ps: bool, sleeper: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(running_copy, "Path", lambda _: tmp_path / "no such file")
    if not has_ps:
        monkeypatch.setenv("PATH", str(tmp_path))
    assert is_ours(sleeper.pid, "a_word_to_find") is has_ps


def test_what_is_written_is_read_again(places: Places) -> None:
    RunningCopyFile(places, RunningCopy(supervisor=4711)).note(
        ready=True, processes={"web": 4712}, sign_ins=[{"role": "Merchant"}]
    )
    found = read_running(places)
    assert found is not None
    assert found.as_dict() == {
        "supervisor": 4711,
        "ready": True,
        "processes": {"web": 4712},
        "portal": "",
        "merchant_sign_in": "",
        "sandbox": "",
        "sign_ins": [{"role": "Merchant"}],
    }


@pytest.mark.parametrize("text", ["", "{", "[]", '{"supervisor": 1, "from": "another version"}'])
def test_a_file_that_cannot_be_read_is_no_running_copy(places: Places, text: str) -> None:
    places.running_file.write_text(text, "utf-8")
    assert read_running(places) is None
