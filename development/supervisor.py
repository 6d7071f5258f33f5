"""Starts processes in order, restarts those that end, stops all in reverse order. Nothing is left running."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from development.plain_failure import PlainFailure

RESTART_AFTER = 1.0
MOST_RESTARTS, WITHIN = 5, 60.0
"""A process that ends more often than this (seconds) is broken: everything is stopped rather than spun."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One process. answers: whether it is up. grace: seconds between the polite and the rude end."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path
    log: Path
    answers: Callable[[], bool]
    patience: float = 30.0
    grace: float = 10.0


@dataclass
class Child:
    plan: Plan
    process: subprocess.Popen[bytes]
    endings: deque[float] = field(default_factory=deque)
    restart_at: float | None = None


class Supervisor:
    """say: where a line for the person goes."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._children: list[Child] = []

    def pids(self) -> dict[str, int]:
        return {child.plan.name: child.process.pid for child in self._children}

    def start(self, plan: Plan) -> None:
        """Start and wait until it answers. Raises PlainFailure naming its log when it ends or stays silent."""
        self._children.append(Child(plan, _spawn(plan)))
        self.wait_for(plan.name, plan.answers, plan.patience)

    def wait_for(self, name: str, answers: Callable[[], bool], patience: float) -> None:
        """Wait until `answers`; any process that ends meanwhile ends the start."""
        end = time.monotonic() + patience
        while not answers():
            for child in self._children:
                if child.process.poll() is not None:
                    raise PlainFailure(f"{child.plan.name} ended at once (code {child.process.returncode}): {_tail(child.plan.log)}")
            if time.monotonic() > end:
                raise PlainFailure(f"{name} did not answer within {patience:.0f} s; its log is {self._log_of(name)}")
            time.sleep(0.1)

    def watch_once(self) -> None:
        """Restart what has ended. Raises PlainFailure when something ends again and again."""
        now = time.monotonic()
        for child in self._children:
            if child.restart_at is not None:
                if now >= child.restart_at:
                    child.process, child.restart_at = _spawn(child.plan), None
                continue
            if child.process.poll() is None:
                continue
            child.endings.append(now)
            while child.endings and now - child.endings[0] > WITHIN:
                child.endings.popleft()
            if len(child.endings) > MOST_RESTARTS:
                raise PlainFailure(f"{child.plan.name} keeps ending: {_tail(child.plan.log)}")
            self._say(f"{child.plan.name} ended (code {child.process.returncode}); starting it again.")
            child.restart_at = now + RESTART_AFTER

    def stop(self) -> None:
        """End all, last started first: whoever needs Redis is gone before Redis goes."""
        for child in reversed(self._children):
            end_group(child.process.pid, child.plan.grace, has_ended=lambda child=child: child.process.poll() is not None)  # type: ignore[misc]
        self._children.clear()

    def _log_of(self, name: str) -> str:
        return next((str(child.plan.log) for child in self._children if child.plan.name == name), "beside the others")


def end_group(pid: int, grace: float, *, has_ended: Callable[[], bool]) -> None:
    """Ask the process to end, wait `grace` seconds, then end its whole group."""
    if not has_ended():
        _signal(os.kill, pid, signal.SIGTERM)
        end = time.monotonic() + grace
        while not has_ended() and time.monotonic() < end:
            time.sleep(0.05)
    # What is left of the group goes too: an RQ worker's horse is a process of its own.
    _signal(os.killpg, pid, signal.SIGKILL)
    end = time.monotonic() + 5
    while not has_ended() and time.monotonic() < end:
        time.sleep(0.05)


def _signal(send: Callable[[int, int], None], pid: int, number: int) -> None:
    try:
        send(pid, number)
    except (ProcessLookupError, PermissionError):
        return


def _spawn(plan: Plan) -> subprocess.Popen[bytes]:
    plan.log.parent.mkdir(parents=True, exist_ok=True)
    with plan.log.open("ab") as log:
        return subprocess.Popen(
            plan.command, cwd=plan.folder, env=dict(plan.environment), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip


def _tail(log: Path) -> str:
    lines = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()] if log.exists() else []
    return f"{lines[-1].strip()[:300] if lines else 'it said nothing'} (whole log: {log})"
