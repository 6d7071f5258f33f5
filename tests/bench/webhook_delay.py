"""How long after the merchant's change the mirror has it, where Zoho's webhooks tell of it: real web server,
real worker.
"""

from __future__ import annotations

import time

import requests

from cache.records.connections.webhook_endpoints import Proof, WebhookEndpoints
from cache.sealing import Seal
from tests.bench.bench_world import World
from tests.bench.quiet_day import at_share
from tests.bench.web_server import web_server
from tests.servers.worker_process import WorkerProcesses, connect_merchant, until
from tests.workers.pull.merchant_simulator import MerchantSimulator
from workers.pull.organisation import pull_organisation
from workers.services import build_services

FAR = 24 * 3600


def webhook_delays(world: World, *, changes: int) -> list[float]:
    """Seconds of each of so many changes, one after the other. The next round of the sync is a day away."""
    world.sandbox.reset()
    world.stores.records.flushdb()
    world.stores.copies.flushdb()
    org = connect_merchant(world.settings, world.stores, "in")
    services, simulator = build_services(world.settings), MerchantSimulator(world.sandbox, org)
    simulator.starts(invoices=600, customers=6, estimates=0)
    for _ in range(3):
        pull_organisation(org, services)
    services.sync_due.set_in(org, FAR)
    endpoint = WebhookEndpoints(world.stores.records, Seal(world.settings.sealing_keys)).make(
        org, Proof.SIGNATURE
    )
    told = {
        "organization_id": simulator.organization_id,
        "url": f"{world.settings.portal_url}/hooks/zoho/{endpoint.key}",
        "secret": endpoint.secret,
    }
    form = {"form": "json", "mode": "prompt"}
    requests.post(
        f"{world.sandbox.origin('in')}/_sandbox/webhooks", json=told | form, timeout=60
    ).raise_for_status()
    worker_processes = WorkerProcesses(world.settings, world.folder / "worker_processes")
    try:
        with web_server(world, "gateway.wsgi:app"):
            worker_processes.worker("pull")
            unpaid = sorted(
                item
                for item, body in simulator.truth("invoices").items()
                if body["status"] in ("sent", "overdue")
            )
            return [
                _delay(simulator, services.mirror, org, invoice, worker_processes)
                for invoice in unpaid[:changes]
            ]
    finally:
        worker_processes.end()


def table(delays: list[float]) -> str:
    return "\n".join(
        [
            "| changes told by webhook | median s | 95 % s | longest s |",
            "|---|---|---|---|",
            (
                f"| {len(delays)} | {at_share(delays, 0.5):.2f} | {at_share(delays, 0.95):.2f} | "
                f"{max(delays):.2f} |"
            ),
        ]
    )


def _delay(
    simulator: MerchantSimulator, mirror: object, org: str, invoice: str, worker_processes: WorkerProcesses
) -> float:
    before = mirror.by_id(org, "invoices", invoice)  # type: ignore[attr-defined]
    simulator.rewrites("invoices", invoice, "told by webhook")
    start = time.perf_counter()
    until(
        lambda: mirror.by_id(org, "invoices", invoice).version > before.version,
        seconds=60,
        why=worker_processes.logs,
    )  # type: ignore[attr-defined]
    return time.perf_counter() - start
