"""A process that has everything imported and makes workers and clocks by forking: real processes, child in
milliseconds.

Starting Python and importing RQ takes longer than most of what a crash test wants to see.
"""

from __future__ import annotations

import functools
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.servers.worker_process import ROOT, WorkerProcesses, children_of

FACTORY_SCRIPT = """
import json, os, signal, sys
from workers import clock, start

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    wanted = json.loads(line)
    child = os.fork()
    if child:
        print(child, flush=True)
        continue
    code = 1
    try:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_RDONLY)
        log = os.open(wanted["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for number, file in enumerate((nothing, log, log)):
            os.dup2(file, number)
        os.environ.clear()
        os.environ.update(wanted["environment"])
        code = clock.main() if wanted["what"] == "clock" else start.main([wanted["what"]])
    finally:
        sys.stdout.flush()
        os._exit(code or 0)
"""


class ForkedProcess:
    """One worker or clock in a session of its own. What has died is nobody's child here: it is gone at
    once.
    """

    def __init__(self, pid: int, log: Path) -> None:
        self.pid, self.log = pid, log

    @property
    def lost_a_job(self) -> bool:
        """Whether a job of this worker was killed under it."""
        return "terminated unexpectedly" in self.log.read_text("utf-8")

    @property
    def is_alive(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def kill(self) -> None:
        """SIGKILL to it and to whatever it had forked: jobs run in process groups of their own."""
        if not self.is_alive:
            return
        for pid in (self.pid, *children_of(self.pid)):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue


class WorkerFactory:
    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", FACTORY_SCRIPT],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def make(self, what: str, environment: dict[str, str], log: Path) -> ForkedProcess:
        """what: clock, or the name of a queue."""
        pipes = self._process
        assert pipes.stdin is not None and pipes.stdout is not None
        log.touch()
        pipes.stdin.write(json.dumps({"what": what, "environment": environment, "log": str(log)}) + "\n")
        pipes.stdin.flush()
        return ForkedProcess(int(pipes.stdout.readline()), log)


@functools.cache
def worker_factory() -> WorkerFactory:
    """One for each test process; it ends when that closes its end of the pipe."""
    return WorkerFactory()


class ForkedWorkers(WorkerProcesses):
    """A crew whose members come from the forge."""

    def _start(self, name: str, module: list[str], crash_at: str) -> Any:
        environment = {**self.environment, **({"FOYER_CRASH_AT": crash_at} if crash_at else {})}
        log = self.folder / f"{name}-{len(self.members)}.log"
        member: Any = worker_factory().make(module[1] if len(module) > 1 else "clock", environment, log)
        self.members.append(member)
        return member
