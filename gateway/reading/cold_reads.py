"""Fetches from Zoho with a bounded wait. After the timeout the fetch continues in the background and its
result is cached.
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
    """No result within the page's time limit; it may still reach the cache."""


class ColdReads:
    """One per process. Concurrent requests for the same key share one fetch."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="cold-read")
        self._in_flight: dict[tuple[str, ...], Future[object]] = {}
        self._lock = threading.Lock()

    def wait_for(self, key: tuple[str, ...], fetch: Callable[[], T], *, seconds: float) -> T:
        """What `fetch` returns or raises; FetchTimeout after `seconds`. `fetch` must store its result
        itself, since the page may have given up.
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
    """One thread pool per process. Workers need none: only pages wait for Zoho."""
    app.extensions[EXTENSION] = ColdReads()


def cold_reads() -> ColdReads:
    """The cold reads of the app that answers this request."""
    return cast(ColdReads, current_app.extensions[EXTENSION])
