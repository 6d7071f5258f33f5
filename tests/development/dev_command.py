"""./dev as a person types it, on ports of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from development.http_probe import answers
from development.places import Places
from development.ports import is_busy

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 600.0


class DevCommand:
    """One port base: what is said, what runs, and nothing left behind in var/ at the end."""

    def __init__(self, places: Places) -> None:
        self.places = places

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(ROOT / "dev"), *arguments],
            cwd=ROOT,
            env=self._environment(variables),
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
            check=False,
        )

    def start(self, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        """In the foreground of a session of its own, as in a terminal."""
        return subprocess.Popen(
            [sys.executable, str(ROOT / "dev"), *arguments],
            cwd=ROOT,
            env=self._environment(variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def status(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.run("status", "--json").stdout)
        return found

    def until_ready(self) -> dict[str, Any]:
        self._until(lambda: bool(self.status().get("ready")), "it did not become ready")
        return self.status()

    def until_changed(self, before: dict[str, int], names: tuple[str, ...]) -> dict[str, int]:
        """The processes, once those of these names are others than before."""
        self._until(
            lambda: all(self.status()["processes"][name] != before[name] for name in names),
            f"{names} stayed dead",
        )
        found: dict[str, int] = self.status()["processes"]
        return found

    def until_answering(self) -> None:
        self._until(lambda: answers(f"{self.places.portal}/readyz"), "the portal did not come back")

    def left_over(self) -> list[str]:
        """Commands of living processes that belong to this port base, and ports that something listens on."""
        mark = [
            f"var/{self.places.base}/",
            *(f":{port}" for port in self._ports()),
            *(f"={port}" for port in self._ports()),
        ]
        named = [command for command in _commands() if any(item in command for item in mark)]
        return named + [f"port {port}" for port in self._ports() if is_busy(port)]

    def clean(self) -> None:
        self.run("down")
        shutil.rmtree(self.places.folder, ignore_errors=True)

    def _until(self, true: Callable[[], bool], otherwise: str) -> None:
        end = time.monotonic() + TIMEOUT
        while not true():
            assert time.monotonic() < end, otherwise
            time.sleep(0.3)

    def _ports(self) -> list[int]:
        return [
            self.places.base,
            self.places.records_port,
            self.places.copies_port,
            *self.places.sandbox_ports.values(),
        ]

    def _environment(self, more: dict[str, str]) -> dict[str, str]:
        mine = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("FOYER_") and not name.endswith("REDIS_URL")
        }
        return {**mine, "FOYER_PORT_BASE": str(self.places.base), **more}


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def _commands() -> list[str]:
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(file.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        except OSError:
            continue
    return found
