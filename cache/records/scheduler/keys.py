"""Keys of due times, and of the processes that handle them."""

from __future__ import annotations


def due(name: str) -> str:
    """Members with their due times: "orders", "sync", "mail", "grants", "links", "digests", "bulk"."""
    return f"due:{name}"


def tick(name: str, slot: int) -> str:
    return f"tick:{name}:{slot}"


def heartbeat(process_kind: str) -> str:
    return f"beat:{process_kind}"
