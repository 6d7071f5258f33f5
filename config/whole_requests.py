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

LARGEST_GATHERED = 300 * 1024
"""Bytes: the largest form and its headers. What is larger, an upload, is read by a thread, for LONGEST_UPLOAD
at most.
"""

LONGEST_HEADERS = 64 * 1024
LONGEST_ARRIVAL = 10.0
LONGEST_UPLOAD = 30.0
"""Seconds."""

END_OF_HEADERS = b"\r\n\r\n"
LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*([0-9]{1,12})[ \t]*\r$", re.IGNORECASE | re.MULTILINE)
CHUNKED = re.compile(rb"^transfer-encoding[ \t]*:", re.IGNORECASE | re.MULTILINE)


class Arrival:
    """What has come of one request so far."""

    def __init__(self, received: bytes) -> None:
        self.received, self.until = received, time.monotonic() + LONGEST_ARRIVAL

    @property
    def is_whole(self) -> bool:
        """Whether nothing need be waited for: it is all there, or so large or odd that it cannot be told."""
        end = self.received.find(END_OF_HEADERS)
        if end < 0:
            return len(self.received) > LONGEST_HEADERS
        return self.is_for_a_thread or len(self.received) >= end + len(END_OF_HEADERS) + self._length(end)

    @property
    def is_for_a_thread(self) -> bool:
        """Whether its body has to be read by a thread: too large to be gathered, or of a length that was not
        said.
        """
        end = self.received.find(END_OF_HEADERS)
        return end >= 0 and (
            self._length(end) > LARGEST_GATHERED or CHUNKED.search(self.received, 0, end + 2) is not None
        )

    def _length(self, end: int) -> int:
        said = LENGTH.search(self.received, 0, end + 2)
        return int(said[1]) if said else 0


class WholeRequestsWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """gthread, with the gathering before it."""

    def handle(self, conn: Any) -> Any:
        """One request of a connection: left to the loop until it is whole, then answered."""
        arrival = self._gather(conn)
        if arrival is None:
            return False
        if not arrival.is_whole:
            return _DEFER
        del conn.arrival
        conn.data_ready = True
        conn.sock.setblocking(True)
        conn.init()
        conn.parser.unreader.unread(arrival.received)
        if not arrival.is_for_a_thread:
            return super().handle(conn)
        with read_no_longer_than(conn.sock, LONGEST_UPLOAD):
            return super().handle(conn)

    def _gather(self, conn: Any) -> Arrival | None:
        """What is there now; None when the client has gone or has taken too long."""
        if not hasattr(conn, "arrival"):
            conn.arrival = Arrival(conn.parser.unreader.take_buffered() if conn.initialized else b"")
        arrival: Arrival = conn.arrival
        conn.sock.setblocking(False)
        try:
            while not arrival.is_whole:
                piece = conn.sock.recv(64 * 1024)
                if not piece:
                    return None
                arrival.received += piece
        except BlockingIOError:
            return arrival if time.monotonic() < arrival.until else None
        except OSError:
            return None
        return arrival


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
