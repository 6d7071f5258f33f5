"""Where benchmarks happen that need more than one store: both stores, the sandbox, and settings like a
merchant's own.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cache.stores import Stores, open_stores
from config.settings import Settings
from development.redis_server import COPIES_OPTIONS, RECORDS_OPTIONS, find_binary
from tests.servers.free_ports import free_ports
from tests.servers.redis_server import RedisServer
from tests.servers.sandbox_server import SandboxServer

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
WITHOUT_LIMIT = 1_000_000
"""Calls a minute: how fast a thing can be is not to be measured by how fast Zoho lets it."""


@dataclass(frozen=True)
class World:
    settings: Settings
    stores: Stores
    sandbox: SandboxServer
    folder: Path


@contextmanager
def bench_world() -> Iterator[World]:
    """Everything fresh in a folder that is gone afterwards. Sync and orders run at the default settings."""
    binary = find_binary(Path(sys.prefix))
    if binary is None:
        raise SystemExit("The benchmark needs a Redis on PATH, or ./dev test once.")
    with tempfile.TemporaryDirectory() as name:
        folder, (one, two, portal, *sandbox_ports) = Path(name), free_ports(6)
        records = RedisServer(binary, port=one, folder=folder / "records", options=RECORDS_OPTIONS)
        copies = RedisServer(binary, port=two, folder=folder / "copies", options=COPIES_OPTIONS)
        address = f"http://127.0.0.1:{portal}"
        sandbox = SandboxServer(
            dict(zip(("us", "eu", "in"), sandbox_ports, strict=True)),
            portal=address,
            folder=folder / "sandbox",
        )
        settings = Settings(
            environment="test",
            portal_url=address,
            redis_url=records.url,
            cache_redis_url=copies.url,
            sealing_keys=(KEY,),
            data_centres=sandbox.data_centres,
            mail_delivery="folder",
            mail_folder=folder / "mails",
            mail_from="portal@foyer.example",
            smtp_url="",
            log_level="ERROR",
            zoho_calls_per_minute=WITHOUT_LIMIT,
        )
        try:
            for server in (records, copies, sandbox):
                server.start()
            yield World(settings, open_stores(settings), sandbox, folder)
        finally:
            for server in (sandbox, copies, records):
                server.stop()
