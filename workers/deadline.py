"""How long one pulling job may go on starting new calls."""

from __future__ import annotations

import time


class Deadline:
    """is_past turns true after `seconds`; the call under way then still has its own time limits."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    @property
    def is_past(self) -> bool:
        return time.monotonic() >= self._ends
