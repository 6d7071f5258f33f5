"""The virtual environment: created once from the hash-pinned requirements, updated only when they change."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from development.places import PYTHON, ROOT, VIRTUAL_ENVIRONMENT
from development.plain_failure import PlainFailure

LOCK = ROOT / "var" / "environment.lock"
STAMP = VIRTUAL_ENVIRONMENT / "foyer-requirements"
CONTAINS = {"demo": ("demo",), "test": ("test", "demo")}
"""An environment for tests also runs the demo."""


def ensure_environment(purpose: str) -> None:
    """Make .venv hold requirements/<purpose>.txt ("demo" or "test"). Reports what it does, if anything."""
    if _is_filled(purpose):
        return
    with _nobody_else():
        if not _is_filled(purpose):
            _fill(purpose)


def _is_filled(purpose: str) -> bool:
    have = STAMP.read_text(encoding="utf-8").splitlines() if STAMP.exists() else []
    return PYTHON.exists() and _stamp_of(purpose) in have


@contextmanager
def _nobody_else() -> Iterator[None]:
    """Of two ./dev in a fresh clone, one creates the environment and the other waits for it."""
    LOCK.parent.mkdir(parents=True, exist_ok=True)
    with LOCK.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _fill(purpose: str) -> None:
    if not PYTHON.exists():
        _make()
    print(f"Installing the packages of requirements/{purpose}.txt …", flush=True)
    _install(ROOT / "requirements" / f"{purpose}.txt")
    STAMP.write_text("\n".join(_stamp_of(contain) for contain in CONTAINS[purpose]) + "\n", encoding="utf-8")


def _stamp_of(purpose: str) -> str:
    digest = hashlib.sha256((ROOT / "requirements" / f"{purpose}.txt").read_bytes()).hexdigest()
    return f"{purpose} {digest}"


def _make() -> None:
    print("Making the virtual environment in .venv …", flush=True)
    try:
        made = subprocess.run(
            [sys.executable, "-m", "venv", str(VIRTUAL_ENVIRONMENT)],
            capture_output=True,
            text=True,
            check=False,
        )
    except KeyboardInterrupt:
        shutil.rmtree(VIRTUAL_ENVIRONMENT, ignore_errors=True)
        raise
    if made.returncode != 0:
        shutil.rmtree(VIRTUAL_ENVIRONMENT, ignore_errors=True)
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise PlainFailure(
            f"Python's venv module is missing or broken. On Debian or Ubuntu: apt-get install "
            f"python{version}-venv  "
            f"(it said: {_last_line(made.stdout + made.stderr)})"
        )


def _install(requirements: Path) -> None:
    """With uv if available, else (or if uv cannot reach the index) with pip; both check the hashes."""
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(requirements)]
    uv = _uv()
    if uv is not None:
        # Use the machine's own certificates, as pip does: behind a company's proxy no others are trusted.
        environ = {**os.environ, "UV_SYSTEM_CERTS": "1"}
        fast = [
            str(uv),
            "pip",
            "install",
            "--quiet",
            "--python",
            str(PYTHON),
            "--require-hashes",
            "-r",
            str(requirements),
        ]
        if subprocess.run(fast, env=environ, capture_output=True, check=False).returncode == 0:
            return
    if subprocess.run(pip, check=False).returncode != 0:
        raise PlainFailure(
            "The packages could not be installed; the lines above say why. Is the package index reachable?"
        )


def _uv() -> Path | None:
    if found := shutil.which("uv"):
        return Path(found)
    inside = VIRTUAL_ENVIRONMENT / "bin" / "uv"
    if not inside.exists():
        subprocess.run(
            [str(PYTHON), "-m", "pip", "install", "--quiet", "uv"], capture_output=True, check=False
        )
    return inside if inside.exists() else None


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "nothing"
