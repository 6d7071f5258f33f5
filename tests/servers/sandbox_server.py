"""The sandbox as a real process that tests talk to over HTTP, as the product does."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import requests

from config.data_centres import DataCentre

ROOT = Path(__file__).resolve().parents[2]


class SandboxServer:
    """One sandbox process with a US, an EU and an IN data centre on three free ports."""

    def __init__(self, ports: dict[str, int], *, portal: str, folder: Path) -> None:
        self.ports, self.portal, self.folder = ports, portal, folder
        self.process: subprocess.Popen[bytes] | None = None
        self.http = requests.Session()
        self.http.trust_env = (
            False  # it would look for a proxy in the environment at each of thousands of calls
        )

    def origin(self, dc: str) -> str:
        return f"http://127.0.0.1:{self.ports[dc]}"

    @property
    def data_centres(self) -> dict[str, DataCentre]:
        return {
            dc: DataCentre(
                code=dc,
                name=f"Sandbox {dc.upper()}",
                accounts_url=self.origin(dc),
                api_url=self.origin(dc),
                client_id=f"foyer-sandbox-{dc}",
                client_secret=f"sandbox-secret-{dc}",
            )
            for dc in self.ports
        }

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "sandbox.log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "sandbox",
                    "--ports",
                    ",".join(f"{dc}={port}" for dc, port in self.ports.items()),
                    "--portal",
                    self.portal,
                    "--state",
                    str(self.folder / "sandbox.json"),
                    "--seed",
                    "7",
                ],
                cwd=ROOT,
                env=os.environ | {"FOYER_ENVIRONMENT": "test"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        end = time.monotonic() + 120
        while True:
            try:
                self.http.get(f"{self.origin('us')}/_sandbox/calls", timeout=2).raise_for_status()
                return
            except requests.RequestException:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(
                        f"the sandbox did not start; see {self.folder / 'sandbox.log'}"
                    ) from None
                time.sleep(0.05)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)

    def reset(self) -> None:
        """Back to the seed: documents, tokens, call log, faults and clock."""
        self.http.post(f"{self.origin('us')}/_sandbox/reset", timeout=30).raise_for_status()

    def state(self, **narrow: str) -> dict[str, Any]:
        """The truth in the sandbox, by organisation; narrow with organization_id, kind and id."""
        answer = self.http.get(f"{self.origin('us')}/_sandbox/state", params=narrow, timeout=30)
        answer.raise_for_status()
        organisations: dict[str, Any] = answer.json()["organisations"]
        return organisations

    def calls(self, since: int = 0) -> list[dict[str, Any]]:
        answer = self.http.get(f"{self.origin('us')}/_sandbox/calls", params={"since": since}, timeout=30)
        answer.raise_for_status()
        found: list[dict[str, Any]] = answer.json()["calls"]
        return found

    def fault(self, do: str, *, times: int = 1, method: str = "", path: str = "", **how: Any) -> None:
        """Make the next `times` matching calls go wrong; what can be done is told in docs/sandbox.md."""
        match = {name: value for name, value in (("method", method), ("path", path)) if value}
        answer = self.http.post(
            f"{self.origin('us')}/_sandbox/faults",
            json={"match": match, "do": do, "times": times, **how},
            timeout=10,
        )
        answer.raise_for_status()

    def set(self, organization_id: str, **settings: Any) -> None:
        """Settings of one organisation; their names stand in docs/sandbox.md."""
        body = {"organization_id": organization_id, **settings}
        self.http.post(f"{self.origin('us')}/_sandbox/settings", json=body, timeout=10).raise_for_status()

    def clear_faults(self) -> None:
        self.http.delete(f"{self.origin('us')}/_sandbox/faults", timeout=10).raise_for_status()
