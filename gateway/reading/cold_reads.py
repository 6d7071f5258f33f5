"""Asks Zoho while a person waits, but never for longer than the page may take: the asking goes on behind, and
its answer is kept.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar, cast

from flask import Flask, current_app

T = TypeVar("T")

THREADS = 8
"""Zoho allows ten calls at once to an organisation (zoho.md 3.1); the call budget, shared by all processes,
is stricter still.
"""


EXTENSION = "foyer_cold_reads"


class FetchTimeout(Exception):
    """The answer did not come within the page's time; it may still arrive in the copies."""


class ColdReads:
    """One per process. The same thing is asked once at a time, however many wait for it."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="cold-read")
        self._in_flight: dict[tuple[str, ...], Future[object]] = {}
        self._lock = threading.Lock()

    def wait_for(self, key: tuple[str, ...], fetch: Callable[[], T], *, seconds: float) -> T:
        """What `fetch` returns or raises; FetchTimeout when it takes longer. `fetch` keeps what it learns,
        since the page that asked may have given up.
        """
        with self._lock:
            future = self._in_flight.get(key)
            is_new = future is None
            if future is None:
                future = self._in_flight[key] = self._threads.submit(fetch)
        if is_new:
            # Outside the lock: an answer that is already there calls back at once, in this very thread.
            future.add_done_callback(lambda _: self._forget(key))
        try:
            return cast(T, future.result(timeout=seconds))
        except TimeoutError:
            raise FetchTimeout from None

    def _forget(self, key: tuple[str, ...]) -> None:
        with self._lock:
            self._in_flight.pop(key, None)


def add_cold_reads(app: Flask) -> None:
    """One pool of threads for the whole process; only pages wait for Zoho, so workers have none."""
    app.extensions[EXTENSION] = ColdReads()


def cold_reads() -> ColdReads:
    """The cold reads of the app that answers this request."""
    return cast(ColdReads, current_app.extensions[EXTENSION])
