"""The whole product as a newcomer starts it: ./dev up, on ports of its own."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import requests

from development.places import Places
from development.ports import is_busy

ROOT = Path(__file__).resolve().parents[2]
TRIES = 50
LOWEST_BASE, HIGHEST_BASE = 12_000, 30_000
ASSIGNED_BASES = Path("/proc/sys/net/ipv4/ip_local_port_range")


class RunningProduct:
    """`./dev up --detach` in a folder of its own under var/, and `./dev down` at the end."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.status: dict[str, Any] = {}

    def start(self) -> None:
        started = self._dev("up", "--detach")
        assert started.returncode == 0, f"./dev up failed: {started.stdout[-1500:]} {started.stderr[-1500:]}"
        told = self._dev("status", "--json")
        assert told.returncode == 0, told.stdout
        self.status = json.loads(told.stdout)

    def stop(self) -> None:
        stopped = self._dev("down")
        shutil.rmtree(self.places.folder, ignore_errors=True)
        assert stopped.returncode == 0, stopped.stderr

    @property
    def portal(self) -> str:
        return str(self.status["portal"]).rstrip("/")

    def client_sign_in(self, email: str) -> dict[str, str]:
        """The demo's printed sign-in of this client."""
        found: dict[str, str] = next(item for item in self.status["sign_ins"] if item.get("email") == email)
        return found

    def sandbox_state(self, organization_id: str, kind: str) -> dict[str, Any]:
        """Zoho's truth: id → document of one organisation."""
        answer = requests.get(
            f"{self.places.sandbox()}/_sandbox/state",
            params={"organization_id": organization_id, "kind": kind},
            timeout=30,
        )
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()["organisations"][organization_id][kind]
        return found

    def sandbox_calls(self, path_end: str) -> list[dict[str, Any]]:
        """Calls of the API whose path ends so, in order."""
        answer = requests.get(f"{self.places.sandbox()}/_sandbox/calls", timeout=30)
        answer.raise_for_status()
        return [call for call in answer.json()["calls"] if str(call["path"]).endswith(path_end)]

    def _dev(self, *words: str) -> subprocess.CompletedProcess[str]:
        environ = {name: value for name, value in os.environ.items() if not name.endswith("REDIS_URL")}
        environ["FOYER_PORT_BASE"] = str(self.places.base)
        return subprocess.run(
            [sys.executable, str(ROOT / "dev"), *words],
            cwd=ROOT,
            env=environ,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )


def a_free_base() -> Places:
    """Ports that nobody listens on now. Below the range from which the system hands out ports by itself."""
    for _ in range(TRIES):
        places = Places(
            random.randrange(LOWEST_BASE, max(LOWEST_BASE + 100, _first_assigned_base() - 20), 20)
        )
        if not any(is_busy(places.base + offset) for offset in (0, 1, 2, 10, 11, 12)):
            return places
    raise AssertionError("no free ports were found")


def _first_assigned_base() -> int:
    """The lowest port that the system gives to whoever connects or asks for any; on some machines as low as
    16000.
    """
    try:
        return min(HIGHEST_BASE, int(ASSIGNED_BASES.read_text("utf-8").split()[0]))
    except (OSError, ValueError, IndexError):
        return HIGHEST_BASE
