"""A real Redis (or Valkey) server that tests start, stop and kill."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from development.redis_server import answers_ping


class RedisDidNotStart(Exception):
    """The server process ended, or did not answer PING in time; the text names its log."""


class RedisServer:
    """One server on loopback, with its files in one folder."""

    def __init__(self, binary: Path, *, port: int, folder: Path, options: tuple[str, ...]) -> None:
        self.binary, self.port, self.folder, self.options = binary, port, folder, options
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self, *, timeout: float = 60.0) -> None:
        """Start and wait until it answers PING. Its append-only file, if it keeps one, is read again
        first.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    str(self.binary),
                    "--bind",
                    "127.0.0.1",
                    "--port",
                    str(self.port),
                    "--dir",
                    str(self.folder),
                    *self.options,
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        end = time.monotonic() + timeout
        while not answers_ping(self.port):
            if self.process.poll() is not None or time.monotonic() > end:
                self.kill()
                raise RedisDidNotStart(
                    f"Redis did not start on port {self.port}; see {self.folder / 'server.log'}"
                )
            time.sleep(0.02)

    def stop(self) -> None:
        """Ask it to end and wait; an append-only file is complete afterwards."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)
