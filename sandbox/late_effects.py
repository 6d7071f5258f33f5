"""Calls that were answered or cut before they took effect: the effect comes seconds later.

The hardest case for a client: at the time-out nothing has happened, a read right after shows nothing, and
then it happens after all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from sandbox.world import Record

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]
LATE = "sandbox.late"
"""In a request's environ: the Late it belongs to, when it runs the second time and takes effect."""


@dataclass(frozen=True)
class Late:
    """A call accepted earlier: its entry in the call log, and its caller (of either product)."""

    entry: Record
    caller: object


class LateEffects:
    """Runs requests again, later, each in its own thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: set[threading.Timer] = set()

    def put_off(
        self, application: Application, environ: dict[str, Any], body: bytes, late: Late, seconds: float
    ) -> None:
        """Run the request again after real seconds; its log entry then shows the effect."""
        again = {**environ, "wsgi.input": BytesIO(body), LATE: late}
        timer = threading.Timer(seconds, lambda: self._run(timer, application, again))
        timer.daemon = True
        with self._lock:
            self._waiting.add(timer)
        timer.start()

    def waiting(self) -> int:
        """Number of pending effects."""
        with self._lock:
            return len(self._waiting)

    def clear(self) -> None:
        """Cancel the pending effects."""
        with self._lock:
            for timer in self._waiting:
                timer.cancel()
            self._waiting.clear()

    def _run(self, timer: threading.Timer, application: Application, environ: dict[str, Any]) -> None:
        try:
            for _ in application(environ, lambda *_: None):
                pass
        finally:
            with self._lock:
                self._waiting.discard(timer)
