"""What is known of a running copy: var/<base>/running.json, written while it runs."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import asdict, dataclass, field
from typing import Any

from development.places import Places


@dataclass(frozen=True, kw_only=True)
class RunningCopy:
    """supervisor: its process id. processes: name → process id. ready: whether everything has answered."""

    supervisor: int
    ready: bool
    processes: dict[str, int] = field(default_factory=dict)
    portal: str = ""
    merchant_sign_in: str = ""
    sandbox: str = ""
    sign_ins: list[dict[str, str]] = field(default_factory=list)

    def write(self, places: Places) -> None:
        """Whole or not at all: a reader never sees half a file."""
        beside = places.running_file.with_suffix(".new")
        beside.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")
        beside.replace(places.running_file)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def read_running(places: Places) -> RunningCopy | None:
    """The copy that was last started with this port base; it may be dead by now. None when there is none."""
    try:
        return RunningCopy(**json.loads(places.running_file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def is_ours(pid: int, word: str) -> bool:
    """Whether the process lives and its command holds `word`: a process id may long belong to somebody else."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return False
    asked = subprocess.run(["ps", "-o", "stat=,command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    if asked.returncode == 127:
        return True
    return not asked.stdout.lstrip().startswith("Z") and word in asked.stdout
