"""Ports that were free a moment ago."""

from __future__ import annotations

import socket


def free_ports(count: int) -> list[int]:
    """`count` different loopback ports, all held open until every one is known, so that none is given
    twice.
    """
    held = [socket.socket() for _ in range(count)]
    try:
        for item in held:
            item.bind(("127.0.0.1", 0))
        return [item.getsockname()[1] for item in held]
    finally:
        for item in held:
            item.close()
