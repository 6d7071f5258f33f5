"""How long one pulling job may go on starting new calls."""

from __future__ import annotations

import time


class TimeBox:
    """is_spent turns true after `seconds`; the call under way then still has its own time limits."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    @property
    def is_spent(self) -> bool:
        return time.monotonic() >= self._ends
