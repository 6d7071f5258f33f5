"""./dev down: stops a running copy, also one whose supervisor died without a word."""

from __future__ import annotations

import os
import signal
import time

from development.places import Places
from development.running_copy import is_ours, read_running
from development.supervisor import end_group

PATIENCE = 90.0
COMMANDS = {"records": "server", "copies": "server", "sandbox": "sandbox", "web": "gunicorn", "clock": "workers.clock"}
"""A word of each process's command, to be sure that a process id is still its own; workers hold "workers.start"."""


def down(places: Places) -> int:
    running = read_running(places)
    if running is None:
        print("Nothing is running.")
        return 0
    if is_ours(running.supervisor, "dev"):
        os.kill(running.supervisor, signal.SIGTERM)
        end = time.monotonic() + PATIENCE
        while is_ours(running.supervisor, "dev") and time.monotonic() < end:
            time.sleep(0.1)
    # Whatever the supervisor left, Redis last as always.
    for name, pid in reversed(running.processes.items()):
        word = COMMANDS.get(name, "workers.start")
        if is_ours(pid, word):
            end_group(pid, 10.0, has_ended=lambda pid=pid, word=word: not is_ours(pid, word))  # type: ignore[misc]
    places.running_file.unlink(missing_ok=True)
    print("Everything has stopped.")
    return 0
