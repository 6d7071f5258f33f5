"""The first sync of a large organisation: calls, work, and room in the store, against the least that would
do.
"""

from __future__ import annotations

import json
import math
import time
from dataclasses import dataclass
from typing import Any

import requests
from redis import Redis

from cache.records.connections.connection import Connection
from tests.bench.bench_world import World
from tests.servers.worker_process import connect_merchant
from workers.pull.lists import lists_of
from workers.pull.organisation import pull_organisation
from workers.services import Services, build_services

ROWS_PER_CALL = 200
MOST_ROUNDS = 500


@dataclass(frozen=True)
class FirstSync:
    """least: list calls that so many invoices need at 200 a page. seconds: of this process' processor. rows:
    of every list.
    """

    invoices: int
    invoice_calls: int
    least: int
    all_calls: int
    rows: int
    worker_seconds: float
    bare_seconds: float
    bytes_per_row: float


def first_sync(world: World, invoices: int, customers: int) -> FirstSync:
    """Fill an empty organisation and read it for the first time; then the same pages once more with next to
    no code.
    """
    world.sandbox.reset()
    world.stores.records.flushdb()
    world.stores.copies.flushdb()
    org = connect_merchant(world.settings, world.stores, "in")
    wanted = {
        "organization_id": org.partition("-")[2],
        "invoices": invoices,
        "customers": customers,
        "seed": 1,
    }
    requests.post(
        f"{world.sandbox.origin('in')}/_sandbox/generate", json=wanted, timeout=120
    ).raise_for_status()
    services, before = build_services(world.settings), len(world.sandbox.calls())
    empty, start = _used(world.stores.copies), time.process_time()
    _read_everything(services, org)
    worker_seconds, used = time.process_time() - start, _used(world.stores.copies) - empty
    calls = [call for call in world.sandbox.calls()[before:] if call["path"].startswith("/books/")]
    rows = sum(services.mirror.count(org, kind) for kind in (*_lists(services, org), "persons"))
    return FirstSync(
        invoices,
        sum(call["path"].endswith("/invoices") for call in calls),
        math.ceil(invoices / ROWS_PER_CALL),
        len(calls),
        rows,
        worker_seconds,
        _bare(world, services.zoho.vault.access_token(org), calls),
        used / rows,
    )


def table(results: list[FirstSync]) -> str:
    lines = [
        (
            "| invoices | calls for them | least possible | all calls | rows of every list | worker, s | "
            "bare, s | times | bytes per row |"
        ),
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {result.invoices:,} | {result.invoice_calls:,} | {result.least:,} | {result.all_calls:,} | "
        f"{result.rows:,} | {result.worker_seconds:.1f} | "
        f"{result.bare_seconds:.1f} | {result.worker_seconds / result.bare_seconds:.1f} | "
        f"{result.bytes_per_row:,.0f} |"
        for result in results
    ]
    return "\n".join(lines)


def _read_everything(services: Services, org: str) -> None:
    """Rounds, one after the other, until every list is whole and the next round lies ahead."""
    for _ in range(MOST_ROUNDS):
        pull_organisation(org, services)
        due = services.sync_due.at(org)
        if (
            due is not None
            and due.timestamp() - time.time() > 1.5
            and all(services.mirror.is_complete(org, item) for item in _lists(services, org))
        ):
            return
    raise AssertionError("the first sync came to no end")


def _lists(services: Services, org: str) -> list[str]:
    connection = services.connections.get(org)
    assert isinstance(connection, Connection)
    return [item.name for item in lists_of(connection)]


def _bare(world: World, token: str, calls: list[dict[str, Any]]) -> float:
    """Seconds for the same calls with nothing but fetching, parsing, and writing each row as it came."""
    http, origin, start = requests.Session(), world.sandbox.origin("in"), time.process_time()
    http.headers["Authorization"] = f"Zoho-oauthtoken {token}"
    for call in calls:
        body = http.get(f"{origin}{call['path']}", params=call["query"], timeout=60).json()
        pipe = world.stores.copies.pipeline(transaction=False)
        for rows in body.values():
            for number, row in enumerate(rows if isinstance(rows, list) else ()):
                pipe.set(f"bare:{call['path']}:{call['query'].get('page')}:{number}", json.dumps(row))
        pipe.execute()
    return time.process_time() - start


def _used(store: Redis) -> int:
    told: Any = store.info("memory")
    return int(told["used_memory"])
