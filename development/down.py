"""./dev down: stop a running copy, even if its supervisor died."""

from __future__ import annotations

import os
import signal
import time
from functools import partial

from development.places import Places
from development.running_copy import SUPERVISOR, RunningCopy, is_ours, read_running
from development.supervisor import end_group

TIMEOUT = 90.0
"""Seconds that an orderly stop may take; each process has its own, shorter grace."""

COMMANDS = {
    "records": "-server",
    "copies": "-server",
    "sandbox": "sandbox",
    "web": "gunicorn",
    "clock": "workers.clock",
}
"""Part of each process's command line, to check that a process id was not reused; workers have
"workers.start".
"""


def down(places: Places) -> int:
    """Harmless if nothing runs."""
    running = read_running(places)
    if running is None:
        print("Nothing is running.")
        return 0
    _end_supervisor(running.supervisor)
    # What the supervisor left running, Redis last as always.
    for name in reversed(left_running(running)):
        pid, word = running.processes[name], _process_marker(name)
        end_group(pid, 10.0, has_ended=partial(_has_ended, pid, word))
    places.running_file.unlink(missing_ok=True)
    print("Everything has stopped.")
    return 0


def left_running(running: RunningCopy) -> list[str]:
    """Names of the processes still alive, in start order."""
    return [name for name, pid in running.processes.items() if is_ours(pid, _process_marker(name))]


def _end_supervisor(pid: int) -> None:
    has_ended = partial(_has_ended, pid, SUPERVISOR)
    for number, timeout in ((signal.SIGTERM, TIMEOUT), (signal.SIGKILL, 5.0)):
        if has_ended():
            return
        os.kill(pid, number)
        end = time.monotonic() + timeout
        while not has_ended() and time.monotonic() < end:
            time.sleep(0.1)


def _has_ended(pid: int, word: str) -> bool:
    return not is_ours(pid, word)


def _process_marker(name: str) -> str:
    return COMMANDS.get(name, "workers.start")
