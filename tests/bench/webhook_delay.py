"""How long after the merchant's change the mirror has it, where Zoho's webhooks tell of it: real web server,
real worker.
"""

from __future__ import annotations

import time

import requests

from cache.records.webhook_doors import Proof, WebhookDoors
from cache.sealing import Seal
from tests.bench.bench_world import World
from tests.bench.quiet_day import at_share
from tests.bench.web_server import web_server
from tests.servers.worker_process import Crew, connect_merchant, until
from tests.workers.pull.merchant_moves import Mover
from workers.job_setup import build_resources
from workers.pull.organisation import pull_organisation

FAR = 24 * 3600


def webhook_delays(world: World, *, changes: int) -> list[float]:
    """Seconds of each of so many changes, one after the other. The next round of the sync is a day away."""
    world.sandbox.reset()
    world.redis.records.flushdb()
    world.redis.copies.flushdb()
    org = connect_merchant(world.settings, world.redis, "in")
    desk, mover = build_resources(world.settings), Mover(world.sandbox, org)
    mover.starts(invoices=600, customers=6, estimates=0)
    for _ in range(3):
        pull_organisation(org, desk)
    desk.sync_due.set_in(org, FAR)
    door = WebhookDoors(world.redis.records, Seal(world.settings.sealing_keys)).make(org, Proof.SIGNATURE)
    told = {
        "organization_id": mover.organization_id,
        "url": f"{world.settings.portal_url}/hooks/zoho/{door.key}",
        "secret": door.secret,
    }
    form = {"form": "json", "mode": "prompt"}
    requests.post(
        f"{world.sandbox.origin('in')}/_sandbox/webhooks", json=told | form, timeout=60
    ).raise_for_status()
    crew = Crew(world.settings, world.folder / "crew")
    try:
        with web_server(world, "gateway.wsgi:app"):
            crew.worker("pull")
            unpaid = sorted(
                one for one, body in mover.truth("invoices").items() if body["status"] in ("sent", "overdue")
            )
            return [_delay(mover, desk.mirror, org, invoice, crew) for invoice in unpaid[:changes]]
    finally:
        crew.end()


def table(delays: list[float]) -> str:
    return "\n".join(
        [
            "| changes told by webhook | median s | 95 % s | longest s |",
            "|---|---|---|---|",
            f"| {len(delays)} | {at_share(delays, 0.5):.2f} | {at_share(delays, 0.95):.2f} | {max(delays):.2f} |",
        ]
    )


def _delay(mover: Mover, mirror: object, org: str, invoice: str, crew: Crew) -> float:
    before = mirror.by_id(org, "invoices", invoice)  # type: ignore[attr-defined]
    mover.rewrites("invoices", invoice, "told by webhook")
    start = time.perf_counter()
    until(lambda: mirror.by_id(org, "invoices", invoice).version > before.version, seconds=60, why=crew.logs)  # type: ignore[attr-defined]
    return time.perf_counter() - start
