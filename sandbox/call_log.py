"""The log of every call to Zoho's surface: what tests count, and what a person looks at."""

from __future__ import annotations

import threading
from collections import deque
from typing import Any

LONGEST = 50_000
"""Entries kept; older ones fall out."""


class CallLog:
    """Numbered entries, in order of arrival."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: deque[dict[str, Any]] = deque(maxlen=LONGEST)
        self._last = 0
        self._under_way = 0

    def open(self, **fields: Any) -> dict[str, Any]:
        """Enter a call when it arrives; `status`, `code`, `effect` are filled in at the answer (status 0:
        none).
        """
        with self._lock:
            self._last += 1
            entry = {"n": self._last, **fields, "status": 0, "code": None, "effect": False}
            self._entries.append(entry)
            self._under_way += 1
            return entry

    def close(self) -> None:
        """The call has ended, whatever became of it."""
        with self._lock:
            self._under_way -= 1

    def under_way(self) -> int:
        """Calls that came in and have not ended: they may still take effect."""
        with self._lock:
            return self._under_way

    def since(self, number: int) -> list[dict[str, Any]]:
        """Entries after the one with that number."""
        with self._lock:
            return [dict(entry) for entry in self._entries if entry["n"] > number]

    def clear(self) -> None:
        """Forget everything; numbering starts again at 1."""
        with self._lock:
            self._entries.clear()
            self._last = 0
