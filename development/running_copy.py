"""The state of a running copy: var/<base>/running.json, written while it runs."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from development.places import Places

SUPERVISOR = "dev up"
"""Part of a supervisor's command line."""


@dataclass(frozen=True, kw_only=True)
class RunningCopy:
    """supervisor: its process id. processes: name → process id. ready: whether everything answered. sandbox:
    "" when Zoho itself is used.
    """

    supervisor: int
    ready: bool = False
    processes: dict[str, int] = field(default_factory=dict)
    portal: str = ""
    merchant_sign_in: str = ""
    sandbox: str = ""
    sign_ins: list[dict[str, str]] = field(default_factory=list)

    def write(self, places: Places) -> None:
        """Atomic: a reader never sees half a file."""
        beside = places.running_file.with_suffix(".new")
        beside.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")
        beside.replace(places.running_file)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


class RunningCopyFile:
    """Keeps a running copy's file up to date."""

    def __init__(self, places: Places, copy: RunningCopy) -> None:
        self._places, self._copy = places, copy

    def note(self, **changes: Any) -> None:
        """Update these fields of RunningCopy."""
        changed = replace(self._copy, **changes)
        if changed != self._copy:
            changed.write(self._places)
            self._copy = changed


def read_running(places: Places) -> RunningCopy | None:
    """The copy last started with this port base, which may be dead by now. None if there is none."""
    try:
        return RunningCopy(**json.loads(places.running_file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def is_ours(pid: int, word: str) -> bool:
    """Whether the process is alive and its command contains `word`: the process id may have been reused."""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return word in _command_of(pid)


def _command_of(pid: int) -> str:
    """The process's command line; "" once it has ended, also while it is a zombie.

    From /proc if present, because slim machines have no ps; otherwise from ps.
    """
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        pass
    try:
        asked = subprocess.run(
            ["ps", "-ww", "-o", "stat=", "-o", "command=", "-p", str(pid)],
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        return ""
    state_and_command = asked.stdout.strip()
    return "" if state_and_command.startswith("Z") else state_and_command
