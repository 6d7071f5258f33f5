"""Buffer requests before a gunicorn thread takes them, so that slow or silent clients do not occupy threads.

A thread that reads a request blocks until its last byte, so a few silent clients could hold all threads. Here
the event loop gathers the bytes without blocking, and a thread gets the request once it is complete.
"""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from gunicorn.workers.gthread import _DEFER, ThreadWorker  # type: ignore[import-untyped]

MAX_BUFFERED = 300 * 1024
"""Bytes: the largest form with its headers. Larger requests (uploads) are read by a thread, within
UPLOAD_TIMEOUT.
"""

MAX_HEADERS = 64 * 1024
ARRIVAL_TIMEOUT = 10.0
UPLOAD_TIMEOUT = 30.0
"""Seconds."""

END_OF_HEADERS = b"\r\n\r\n"
LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*([0-9]{1,12})[ \t]*\r$", re.IGNORECASE | re.MULTILINE)
CHUNKED = re.compile(rb"^transfer-encoding[ \t]*:", re.IGNORECASE | re.MULTILINE)


class BufferedRequest:
    """The bytes received of one request so far."""

    def __init__(self, received: bytes) -> None:
        self.received, self.until = received, time.monotonic() + ARRIVAL_TIMEOUT

    @property
    def is_complete(self) -> bool:
        """Whether to stop buffering: the request is complete, or too large or odd to tell."""
        end = self.received.find(END_OF_HEADERS)
        if end < 0:
            return len(self.received) > MAX_HEADERS
        return self.needs_thread or len(self.received) >= end + len(END_OF_HEADERS) + self._length(end)

    @property
    def needs_thread(self) -> bool:
        """Whether a thread has to read the body: it is too large to buffer, or has no declared length."""
        end = self.received.find(END_OF_HEADERS)
        return end >= 0 and (
            self._length(end) > MAX_BUFFERED or CHUNKED.search(self.received, 0, end + 2) is not None
        )

    def _length(self, end: int) -> int:
        header = LENGTH.search(self.received, 0, end + 2)
        return int(header[1]) if header else 0


class RequestBufferingWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """gthread with buffering in front."""

    def handle(self, conn: Any) -> Any:
        """Handle one request of a connection: buffer it in the loop until complete, then answer."""
        buffered = self._receive(conn)
        if buffered is None:
            return False
        if not buffered.is_complete:
            return _DEFER
        del conn.buffered
        conn.data_ready = True
        conn.sock.setblocking(True)
        conn.init()
        conn.parser.unreader.unread(buffered.received)
        if not buffered.needs_thread:
            return super().handle(conn)
        with read_no_longer_than(conn.sock, UPLOAD_TIMEOUT):
            return super().handle(conn)

    def _receive(self, conn: Any) -> BufferedRequest | None:
        """The bytes available now; None if the client has gone or taken too long."""
        if not hasattr(conn, "buffered"):
            conn.buffered = BufferedRequest(conn.parser.unreader.take_buffered() if conn.initialized else b"")
        buffered: BufferedRequest = conn.buffered
        conn.sock.setblocking(False)
        try:
            while not buffered.is_complete:
                piece = conn.sock.recv(64 * 1024)
                if not piece:
                    return None
                buffered.received += piece
        except BlockingIOError:
            return buffered if time.monotonic() < buffered.until else None
        except OSError:
            return None
        return buffered


@contextmanager
def read_no_longer_than(sock: socket.socket, seconds: float) -> Iterator[None]:
    """Shut down reading after the time limit: the reader sees the end of the stream. Writing still works."""

    def stop() -> None:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RD)

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
