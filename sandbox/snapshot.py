"""The snapshot file: keeps documents, tokens and grants across restarts of the sandbox."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

from sandbox.clock import Clock
from sandbox.generated.set_up import attach_generated_records
from sandbox.world import DataCentre, World

FORMAT = 3
PAUSE = 0.5
"""Seconds between two writes, so that a burst of changes costs one."""


def load(path: Path, seed: int) -> World | None:
    """The world from its file, or None if there is no readable snapshot of this seed number."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if data.get("format") != FORMAT or data.get("seed") != seed:
        return None
    centres = {code: DataCentre.from_json(item) for code, item in data["data_centres"].items()}
    for centre in centres.values():
        for organisation in centre.organisations.values():
            attach_generated_records(centre, organisation)
    return World(centres, Clock(data["clock_offset"]))


class SnapshotWriter:
    """Writes the world to its file soon after each change, from its own thread."""

    def __init__(self, world: World, path: Path, seed: int) -> None:
        self._world, self._path, self._seed = world, path, seed
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="snapshot", daemon=True)

    def start(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._thread.start()

    def stop(self) -> None:
        """Write once more and end."""
        self._ending.set()
        self._world.changed.set()
        self._thread.join(10)

    def write(self) -> None:
        """Replace the file atomically: a reader sees the old or the new one."""
        with self._world.lock:
            self._world.changed.clear()
            text = json.dumps(
                {
                    "format": FORMAT,
                    "seed": self._seed,
                    "clock_offset": self._world.clock.offset,
                    "data_centres": {code: item.as_json() for code, item in self._world.data_centres.items()},
                },
                ensure_ascii=False,
            )
        beside = self._path.with_name(self._path.name + ".new")
        with beside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)

    def _run(self) -> None:
        while not self._ending.is_set():
            self._world.changed.wait()
            self.write()
            self._ending.wait(PAUSE)
        self.write()
