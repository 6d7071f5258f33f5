"""Paths: the repository, the virtual environment, and the folder of one running copy."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from development.plain_failure import PlainFailure

ROOT = Path(__file__).resolve().parents[1]
VIRTUAL_ENVIRONMENT = ROOT / ".venv"
PYTHON = VIRTUAL_ENVIRONMENT / "bin" / "python"
DEFAULT_PORT_BASE = 8600
LOWEST_BASE, HIGHEST_BASE = 1024, 65500


@dataclass(frozen=True)
class Places:
    """One running copy: all ports follow from `base`, all files are in var/<base>/."""

    base: int

    @property
    def folder(self) -> Path:
        return ROOT / "var" / str(self.base)

    @property
    def logs(self) -> Path:
        return self.folder / "log"

    @property
    def running_file(self) -> Path:
        return self.folder / "running.json"

    @property
    def portal(self) -> str:
        return f"http://127.0.0.1:{self.base}"

    @property
    def records_port(self) -> int:
        return self.base + 1

    @property
    def copies_port(self) -> int:
        return self.base + 2

    @property
    def sandbox_ports(self) -> dict[str, int]:
        return {"us": self.base + 10, "eu": self.base + 11, "in": self.base + 12}

    def sandbox(self, data_centre: str = "us") -> str:
        return f"http://127.0.0.1:{self.sandbox_ports[data_centre]}"


def places() -> Places:
    """The copy of FOYER_PORT_BASE."""
    text = os.environ.get("FOYER_PORT_BASE", "").strip() or str(DEFAULT_PORT_BASE)
    if not text.isdecimal() or not LOWEST_BASE <= int(text) <= HIGHEST_BASE:
        raise PlainFailure(
            f"FOYER_PORT_BASE must be a port between {LOWEST_BASE} and {HIGHEST_BASE}, not {text!r}."
        )
    return Places(int(text))
