"""./dev audit: check the pinned packages for published vulnerabilities. Needs the network, and says so
without it.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from typing import Any

from development.environment import ensure_environment
from development.places import PYTHON, ROOT

AUDITED = ("runtime", "test")
"""The second includes the first."""

TIMEOUT = 300
"""Seconds."""


@dataclass
class Audit:
    """looked_up: number of packages that were checked. not_looked_up: names of the others. weaknesses: one
    line each.
    """

    looked_up: int = 0
    not_looked_up: list[str] = field(default_factory=list)
    weaknesses: list[str] = field(default_factory=list)


def audit(*, must: bool) -> int:
    """0: nothing found, or nothing checked and `must` is false. 1: a vulnerability. 2: `must`, and some
    package was not checked.
    """
    ensure_environment("test")
    found = {name: read(_ask(name)) for name in AUDITED}
    for name, item in found.items():
        print(summary(name, item))
        for weakness in item.weaknesses:
            print(f"  {weakness}")
    if any(item.weaknesses for item in found.values()):
        return 1
    return 2 if must and any(item.not_looked_up or not item.looked_up for item in found.values()) else 0


def read(answer: str) -> Audit:
    """pip-audit's JSON; anything else counts as no answer."""
    try:
        packages: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Audit()
    audited = [package for package in packages if "skip_reason" not in package]
    return Audit(
        looked_up=len(audited),
        not_looked_up=[str(package.get("name")) for package in packages if "skip_reason" in package],
        weaknesses=[_line(item, weakness) for item in audited for weakness in item.get("vulns", [])],
    )


def summary(name: str, found: Audit) -> str:
    """One line."""
    file = f"requirements/{name}.txt"
    if not found.looked_up:
        return (
            f"{file}: NOT AUDITED. No list of weaknesses could be asked: there is no network, or "
            f"an index without one."
        )
    rest = f"; not looked up: {', '.join(found.not_looked_up)}" if found.not_looked_up else ""
    return f"{file}: {found.looked_up} packages looked up, {len(found.weaknesses)} known weaknesses{rest}."


def _line(package: dict[str, Any], weakness: dict[str, Any]) -> str:
    better = ", ".join(weakness.get("fix_versions") or ["none yet"])
    return f"{package.get('name')} {package.get('version')}: {weakness.get('id')}; put right in: {better}"


def _ask(name: str) -> str:
    """pip-audit's JSON, "" if it gave none in time. Installs nothing: hashed pins are read from the file."""
    command = [
        str(PYTHON),
        "-m",
        "pip_audit",
        "-r",
        f"requirements/{name}.txt",
        "--require-hashes",
        "--disable-pip",
        "-f",
        "json",
    ]
    command += ["--progress-spinner", "off"]
    try:
        return subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=TIMEOUT, check=False
        ).stdout
    except subprocess.TimeoutExpired:
        return ""
