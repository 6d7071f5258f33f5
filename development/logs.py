"""./dev logs [name] [-f]: show the processes' logs."""

from __future__ import annotations

import subprocess

from development.places import Places
from development.plain_failure import PlainFailure


def logs(places: Places, name: str | None, *, follow: bool) -> int:
    files = sorted(places.logs.glob(f"{name or '*'}.log")) if places.logs.exists() else []
    if not files:
        there = (
            ", ".join(sorted(file.stem for file in places.logs.glob("*.log"))) if places.logs.exists() else ""
        )
        raise PlainFailure(
            f"There is no log {'called ' + name if name else 'yet'}."
            + (f" There are: {there}" if there else "")
        )
    command = ["tail", "-n", "40", *(["-F"] if follow else []), *map(str, files)]
    try:
        return subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:
        return 0
