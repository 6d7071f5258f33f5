"""Start processes in order, restart those that end, stop all in reverse order. Nothing is left running."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from development.plain_failure import PlainFailure

RESTART_AFTER = 1.0
MOST_RESTARTS, WITHIN = 5, 60.0
"""A process that ends more often than this (seconds) is broken: everything is stopped instead of restarting
forever.
"""

TAIL_BYTES = 4096


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One process. answers: whether it is up. timeout: seconds until it must be. grace: seconds between
    SIGTERM and SIGKILL.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path
    log: Path
    answers: Callable[[], bool]
    timeout: float = 120.0
    grace: float = 10.0


@dataclass
class Child:
    """log_began: length of the log when this process started; earlier text belongs to its predecessor."""

    plan: Plan
    process: subprocess.Popen[bytes]
    log_began: int
    endings: deque[float] = field(default_factory=deque)
    restart_at: float | None = None

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def last_log_line(self) -> str:
        return f"code {self.process.returncode}): {_tail(self.plan.log, self.log_began)}"


class Supervisor:
    """say: prints a line for the user. undisturbed: holds signals back between a start and its entry in the
    list.
    """

    def __init__(
        self,
        say: Callable[[str], None],
        undisturbed: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._say, self._undisturbed = say, undisturbed
        self._children: list[Child] = []

    def pids(self) -> dict[str, int]:
        return {child.plan.name: child.process.pid for child in self._children}

    def start(self, plan: Plan) -> None:
        """Start and wait until it answers. Raises PlainFailure naming its log if it ends or stays silent."""
        with self._undisturbed():
            self._children.append(_born(plan))
        self.wait_for(
            plan.answers,
            plan.timeout,
            f"{plan.name} did not answer within {plan.timeout:.0f} s; its log is {plan.log}",
        )

    def wait_for(self, answers: Callable[[], bool], timeout: float, otherwise: str) -> None:
        """Wait until `answers`; after `timeout` seconds raise PlainFailure(otherwise). Any process that ends
        meanwhile ends the wait.
        """
        end = time.monotonic() + timeout
        while not answers():
            self.refuse_ended()
            if time.monotonic() > end:
                raise PlainFailure(otherwise)
            time.sleep(0.1)

    def refuse_ended(self) -> None:
        """During start-up no process may end. Raises PlainFailure naming the first that did, and its log."""
        for child in self._children:
            if child.has_ended():
                raise PlainFailure(f"{child.plan.name} ended at once ({child.last_log_line()}")

    def watch_once(self) -> None:
        """Restart what has ended. Raises PlainFailure if a process keeps ending."""
        now = time.monotonic()
        for child in self._children:
            if child.restart_at is not None:
                if now >= child.restart_at:
                    with self._undisturbed():
                        again = _born(child.plan)
                        child.process, child.log_began, child.restart_at = (
                            again.process,
                            again.log_began,
                            None,
                        )
            elif child.has_ended():
                self._note_ending(child, now)

    def stop(self) -> None:
        """Stop all, last started first: Redis stops after everything that uses it."""
        for child in reversed(self._children):
            end_group(child.process.pid, child.plan.grace, has_ended=child.has_ended)
        self._children.clear()

    def _note_ending(self, child: Child, now: float) -> None:
        # Its children (a worker's work-horse, a web server's workers) would keep its ports and its work.
        _signal(os.killpg, child.process.pid, signal.SIGKILL)
        child.endings.append(now)
        while now - child.endings[0] > WITHIN:
            child.endings.popleft()
        if len(child.endings) > MOST_RESTARTS:
            raise PlainFailure(f"{child.plan.name} keeps ending ({child.last_log_line()}")
        self._say(f"{child.plan.name} ended (code {child.process.returncode}); starting it again.")
        child.restart_at = now + RESTART_AFTER


def end_group(pid: int, grace: float, *, has_ended: Callable[[], bool]) -> None:
    """SIGTERM, wait `grace` seconds, then SIGKILL to the whole group."""
    if not has_ended():
        _signal(os.kill, pid, signal.SIGTERM)
        end = time.monotonic() + grace
        while not has_ended() and time.monotonic() < end:
            time.sleep(0.05)
    # The rest of the group too: an RQ worker's work-horse is a separate process.
    _signal(os.killpg, pid, signal.SIGKILL)
    end = time.monotonic() + 5
    while not has_ended() and time.monotonic() < end:
        time.sleep(0.05)


def _signal(send: Callable[[int, int], None], pid: int, number: int) -> None:
    try:
        send(pid, number)
    except (ProcessLookupError, PermissionError):
        return


def _born(plan: Plan) -> Child:
    plan.log.parent.mkdir(parents=True, exist_ok=True)
    with plan.log.open("ab") as log:
        process = subprocess.Popen(
            plan.command,
            cwd=plan.folder,
            env=dict(plan.environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        return Child(plan, process, log.tell())


def _tail(log: Path, began: int) -> str:
    """The last line of a log that is more than a code location."""
    with log.open("rb") as opened:
        opened.seek(max(began, log.stat().st_size - TAIL_BYTES))
        text = opened.read().decode("utf-8", "replace")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return f"{lines[-1][:300] if lines else 'it said nothing'} (whole log: {log})"
