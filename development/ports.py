"""Ports that must be free before anything is started."""

from __future__ import annotations

import socket

from development.places import DEFAULT_PORT_BASE, HIGHEST_BASE, Places
from development.plain_failure import PlainFailure


def refuse_busy_ports(ports: dict[str, int], places: Places) -> None:
    """ports: purpose → port. Raises PlainFailure naming the first that is in use."""
    for purpose, port in ports.items():
        if is_busy(port):
            elsewhere = places.base + 100 if places.base + 100 <= HIGHEST_BASE else DEFAULT_PORT_BASE
            raise PlainFailure(
                f"Port {port} (for {purpose}) is already in use. Stop what uses it (./dev down, if "
                f"it is an older Foyer), "
                f"or move all ports: FOYER_PORT_BASE={elsewhere} ./dev up"
            )


def is_busy(port: int) -> bool:
    """Whether a loopback port is in use. A port whose last connections are still closing counts as free."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def is_listening(host: str, port: int, *, timeout: float = 3.0) -> bool:
    """Whether something accepts connections there."""
    try:
        with socket.create_connection((host, port), timeout=timeout):
            return True
    except OSError:
        return False
