"""Keys of what is due when, and of the processes that see to it."""

from __future__ import annotations


def due(name: str) -> str:
    """Members with the time at which they are due: "orders", "sync", "mail", "grants", "links", "digests",
    "bulk".
    """
    return f"due:{name}"


def tick(name: str, slot: int) -> str:
    return f"tick:{name}:{slot}"


def heartbeat(process_kind: str) -> str:
    return f"beat:{process_kind}"
