"""gunicorn's threads, kept for requests that have arrived: a client that sends slowly, or not at all, waits
outside.

A thread that reads a request waits for every byte of it, so that a handful of silent clients would hold all
threads. Here what has arrived is gathered without waiting, in the loop that watches the sockets, and a thread
is given to a request only when it is whole.
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
"""Bytes: the largest form and its headers. What is larger, an upload, is read by a thread, for UPLOAD_TIMEOUT
at most.
"""

MAX_HEADERS = 64 * 1024
ARRIVAL_TIMEOUT = 10.0
UPLOAD_TIMEOUT = 30.0
"""Seconds."""

END_OF_HEADERS = b"\r\n\r\n"
LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*([0-9]{1,12})[ \t]*\r$", re.IGNORECASE | re.MULTILINE)
CHUNKED = re.compile(rb"^transfer-encoding[ \t]*:", re.IGNORECASE | re.MULTILINE)


class BufferedRequest:
    """What has come of one request so far."""

    def __init__(self, received: bytes) -> None:
        self.received, self.until = received, time.monotonic() + ARRIVAL_TIMEOUT

    @property
    def is_complete(self) -> bool:
        """Whether nothing need be waited for: it is all there, or so large or odd that it cannot be told."""
        end = self.received.find(END_OF_HEADERS)
        if end < 0:
            return len(self.received) > MAX_HEADERS
        return self.needs_thread or len(self.received) >= end + len(END_OF_HEADERS) + self._length(end)

    @property
    def needs_thread(self) -> bool:
        """Whether its body has to be read by a thread: too large to be gathered, or of a length that was not
        said.
        """
        end = self.received.find(END_OF_HEADERS)
        return end >= 0 and (
            self._length(end) > MAX_BUFFERED or CHUNKED.search(self.received, 0, end + 2) is not None
        )

    def _length(self, end: int) -> int:
        header = LENGTH.search(self.received, 0, end + 2)
        return int(header[1]) if header else 0


class RequestBufferingWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """gthread, with the gathering before it."""

    def handle(self, conn: Any) -> Any:
        """One request of a connection: left to the loop until it is whole, then answered."""
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
        """What is there now; None when the client has gone or has taken too long."""
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
    """After that time whoever still reads from the socket reads its end. What is to be written still can
    be.
    """

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
