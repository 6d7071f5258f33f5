"""The time limit after which a sync job starts no new calls."""

from __future__ import annotations

import time


class Deadline:
    """is_past becomes true after `seconds`; a running call then still has its own time limits."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    @property
    def is_past(self) -> bool:
        return time.monotonic() >= self._ends
