"""What pages are like when Zoho is away, and when nothing was ever read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import requests
from redis import Redis

from tests.servers.running_product import RunningProduct

UNLIMITED = 1_000_000


@contextmanager
def zoho_unavailable(product: RunningProduct) -> Iterator[None]:
    """Every call to the API is answered 503 until the end."""
    faults = f"{product.places.sandbox()}/_sandbox/faults"
    fault = {"do": "status", "status": 503, "times": UNLIMITED, "match": {"path": "/b*"}}
    assert requests.post(faults, json=fault, timeout=30).status_code == 201
    try:
        yield
    finally:
        requests.delete(faults, timeout=30)


def clear_copies(product: RunningProduct) -> None:
    """As if the machine with the copies had been replaced."""
    with Redis(port=product.places.copies_port) as copies:
        copies.flushdb()
