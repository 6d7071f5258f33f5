"""The log of every call to Zoho's surface, for tests and for people."""

from __future__ import annotations

import threading
from collections import deque
from typing import Any

LONGEST = 50_000
"""Entries kept; older ones are dropped."""


class CallLog:
    """Numbered entries, in order of arrival."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: deque[dict[str, Any]] = deque(maxlen=LONGEST)
        self._last = 0
        self._under_way = 0

    def open(self, **fields: Any) -> dict[str, Any]:
        """Add a call on arrival; `status`, `code`, `effect` are filled in with the response (status
        0: none).
        """
        with self._lock:
            self._last += 1
            entry = {"n": self._last, **fields, "status": 0, "code": None, "effect": False}
            self._entries.append(entry)
            self._under_way += 1
            return entry

    def close(self) -> None:
        """The call has ended, whatever the result."""
        with self._lock:
            self._under_way -= 1

    def under_way(self) -> int:
        """Calls that have not ended: they may still take effect."""
        with self._lock:
            return self._under_way

    def since(self, number: int) -> list[dict[str, Any]]:
        """Entries after number `since`."""
        with self._lock:
            return [dict(entry) for entry in self._entries if entry["n"] > number]

    def clear(self) -> None:
        """Clear the log; numbering restarts at 1."""
        with self._lock:
            self._entries.clear()
            self._last = 0
