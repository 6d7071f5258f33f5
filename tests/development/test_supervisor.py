"""What ./dev up does with the processes it starts, shown with tiny real ones."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from development import supervisor as supervision
from development.plain_failure import PlainFailure
from development.running_copy import is_ours
from development.stop_signals import StopAsked, StopSignals
from development.supervisor import Plan, Supervisor

FAKE_PROCESS = Path(__file__).with_name("fake_process.py")
SOON = 20.0


@pytest.fixture
def output() -> list[str]:
    return []


@pytest.fixture
def supervisor(output: list[str]) -> Iterator[Supervisor]:
    running = Supervisor(output.append)
    yield running
    running.stop()


@pytest.fixture
def quick_restarts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "RESTART_AFTER", 0.0)


def a_plan(
    folder: Path, name: str, how: str = "", *, answers: Callable[[], bool] | None = None, **more: float
) -> Plan:
    return Plan(
        name=name,
        command=(sys.executable, str(FAKE_PROCESS), name, str(folder), *([how] if how else [])),
        environment=dict(os.environ),
        folder=folder,
        log=folder / f"{name}.log",
        answers=answers or (folder / f"{name}.ready").exists,
        **more,  # type: ignore[arg-type]
    )


def until(true: Callable[[], bool], meanwhile: Callable[[], None] = lambda: None) -> None:
    end = time.monotonic() + SOON
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        meanwhile()
        time.sleep(0.02)


def starts_of(folder: Path, name: str) -> int:
    file = folder / f"{name}.starts"
    return len(file.read_text("utf-8").splitlines()) if file.exists() else 0


def test_the_last_started_ends_first(supervisor: Supervisor, tmp_path: Path) -> None:
    for name in ("redis", "sandbox", "web"):
        supervisor.start(a_plan(tmp_path, name))
    pids = supervisor.pids()
    supervisor.stop()
    assert (tmp_path / "endings").read_text("utf-8").split() == ["web", "sandbox", "redis"]
    assert not any(is_ours(pid, "fake_process") for pid in pids.values())


def test_one_that_ends_while_starting_is_named_with_its_last_words_and_its_log(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    supervisor.start(a_plan(tmp_path, "redis"))
    with pytest.raises(PlainFailure) as failure:
        supervisor.start(a_plan(tmp_path, "web", "dies"))
    output = str(failure.value)
    assert "web ended at once (code 1): web has no disk to write on" in output
    assert str(tmp_path / "web.log") in output
    assert "\n" not in output


def test_the_last_words_are_those_of_this_start(supervisor: Supervisor, tmp_path: Path) -> None:
    (tmp_path / "quiet.log").write_text("what an earlier process said\n", "utf-8")
    silent = Plan(
        name="quiet",
        command=(sys.executable, "-c", "raise SystemExit(3)"),
        environment=dict(os.environ),
        folder=tmp_path,
        log=tmp_path / "quiet.log",
        answers=lambda: False,
    )
    with pytest.raises(PlainFailure, match=r"code 3\): it said nothing"):
        supervisor.start(silent)


def test_one_that_never_answers_is_named_with_its_log(supervisor: Supervisor, tmp_path: Path) -> None:
    with pytest.raises(PlainFailure, match=r"web did not answer within 0 s; its log is .*web\.log"):
        supervisor.start(a_plan(tmp_path, "web", answers=lambda: False, timeout=0.3))


def test_an_earlier_one_that_ends_while_a_later_one_starts_is_noticed(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    supervisor.start(a_plan(tmp_path, "redis"))
    os.kill(supervisor.pids()["redis"], signal.SIGKILL)
    with pytest.raises(PlainFailure, match="redis ended at once"):
        supervisor.start(a_plan(tmp_path, "web", answers=lambda: False))


@pytest.mark.usefixtures("quick_restarts")
def test_one_that_dies_later_is_started_again(
    supervisor: Supervisor, tmp_path: Path, output: list[str]
) -> None:
    supervisor.start(a_plan(tmp_path, "push"))
    first = supervisor.pids()["push"]
    os.kill(first, signal.SIGKILL)
    until(lambda: starts_of(tmp_path, "push") == 2, supervisor.watch_once)
    assert supervisor.pids()["push"] != first
    assert output == ["push ended (code -9); starting it again."]


@pytest.mark.usefixtures("quick_restarts")
def test_the_family_of_a_dead_one_goes_with_it(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start(a_plan(tmp_path, "web", "family"))
    child = int((tmp_path / "web.child").read_text("utf-8"))
    os.kill(supervisor.pids()["web"], signal.SIGKILL)
    until(lambda: not is_ours(child, "time.sleep(600)"), supervisor.watch_once)


@pytest.mark.usefixtures("quick_restarts")
def test_one_that_keeps_dying_ends_the_run(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start(a_plan(tmp_path, "pull", "dies", answers=lambda: True))
    with pytest.raises(PlainFailure, match=r"pull keeps ending \(code 1\): pull has no disk to write on"):
        until(lambda: False, supervisor.watch_once)
    assert starts_of(tmp_path, "pull") == supervision.MOST_RESTARTS + 1


@pytest.mark.usefixtures("quick_restarts")
def test_one_that_recovers_after_a_few_deaths_goes_on(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start(a_plan(tmp_path, "pull", "dies:3", answers=lambda: True))
    until((tmp_path / "pull.ready").exists, supervisor.watch_once)
    assert starts_of(tmp_path, "pull") == 4


def test_one_that_will_not_listen_is_ended_all_the_same(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start(a_plan(tmp_path, "web", "deaf", grace=0.2))
    pid = supervisor.pids()["web"]
    supervisor.stop()
    assert not is_ours(pid, "fake_process")


def test_a_stop_between_birth_and_list_waits_until_the_process_is_known(tmp_path: Path) -> None:
    signals, plan = StopSignals(), a_plan(tmp_path, "web")
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    running = Supervisor(print, signals.held)
    try:
        signals.listen()
        with pytest.raises(StopAsked), signals.held():
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(0.05)
            running._children.append(supervision._born(plan))
        os.kill(os.getpid(), signal.SIGTERM)  # the second one changes nothing: the stop is under way
        assert list(running.pids()) == ["web"]
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        running.stop()
