"""`python -m workers.clock`: enqueue what is due. Two may run; each time slot is handled by one of them.

Not `rq cron`: two of those doubled every tick, and a short outage of Redis ended it
(docs/decisions/0002-rq-only-wakes-workers.md). This one waits until Redis is back; enqueueing twice would be
harmless anyway.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from cache.records.connections.connection import ConnectionState
from cache.records.orders.migration import migrate_orders
from cache.stores import StoreUnavailable, store_errors
from config.logging_setup import set_up_logging
from config.settings import Settings, SettingsError, load_settings
from workers.abandoned_jobs import delete_abandoned_jobs
from workers.email.due_dates import is_check_due
from workers.metrics import serve_metrics
from workers.services import Services, build_services

log = structlog.get_logger()

STEP = 1.0
"""Seconds between two checks of the schedule."""

LONGEST_WAIT = 5.0
"""Seconds between two checks while Redis is down: everything works within ten of its return."""

MOST_PER_TICK = 500
"""Jobs of one kind per tick; the rest follow in later ticks, oldest first."""

ENQUEUED_AGAIN_AFTER = 90.0
"""Seconds until a sync or a digest that no worker has handled is enqueued again."""


@dataclass(frozen=True)
class Tick:
    """every: whole seconds. work: what to do in one slot."""

    name: str
    every: int
    work: Callable[[Services], None]


def migrate_stored_orders(services: Services) -> None:
    """Rewrite the orders of the release before, once per store."""
    if rewritten := migrate_orders(services.stores.records):
        log.info("orders_migrated", orders=rewritten)


def enqueue_orders(services: Services) -> None:
    """Enqueue every open order that is due, so that a lost job is repeated."""
    for org, order_id in services.orders.due(MOST_PER_TICK):
        services.job_queue.enqueue_order(org, order_id)


def enqueue_syncs(services: Services) -> None:
    for org in services.sync_due.claim_due(MOST_PER_TICK, lease=ENQUEUED_AGAIN_AFTER):
        services.job_queue.enqueue_sync(org)


def enqueue_emails(services: Services) -> None:
    if services.mail_due.due(1):
        services.job_queue.enqueue_due_emails()


def enqueue_links(services: Services) -> None:
    for request_id in services.link_requests.claim_due(MOST_PER_TICK, lease=ENQUEUED_AGAIN_AFTER):
        services.job_queue.enqueue_link(request_id)


def enqueue_digests(services: Services) -> None:
    for org, merchant_id in services.digests.claim_due(MOST_PER_TICK, lease=ENQUEUED_AGAIN_AFTER):
        services.job_queue.enqueue_digest(org, merchant_id)


def enqueue_bulk_invitations(services: Services) -> None:
    for org, bulk_id in services.bulk_invitations.claim_due(
        MOST_PER_TICK, lease=1.5 * services.settings.order_lease
    ):
        services.job_queue.enqueue_bulk_invitation(org, bulk_id)


def enqueue_due_dates(services: Services) -> None:
    for org in services.connections.orgs():
        if is_check_due(services, org):
            services.job_queue.enqueue_due_dates(org)


def enqueue_orphaned_grants(services: Services) -> None:
    for grant_id in services.orphaned_grants.claim_due(MOST_PER_TICK):
        services.job_queue.enqueue_orphaned_grant(grant_id)


def schedule_connections(services: Services) -> None:
    """Give every connected organisation a due time, also a reconnected one or one whose job died. Spread over
    an interval, so that many lost at once do not come back at once.
    """
    for org in services.sync_due.without_time(services.connections.orgs()):
        connection = services.connections.get(org)
        if connection is not None and connection.state is ConnectionState.CONNECTED:
            services.sync_due.sooner(org, random.uniform(0, services.settings.sync_interval))  # noqa: S311 - spreads load, hides nothing


def timetable(settings: Settings) -> tuple[Tick, ...]:
    """The schedule."""
    return (
        Tick("order_migration", 60, migrate_stored_orders),
        Tick("orders", settings.order_sweep, enqueue_orders),
        Tick("syncs", 2, enqueue_syncs),
        Tick("emails", 5, enqueue_emails),
        Tick("links", 5, enqueue_links),
        Tick("bulk_invitations", 2, enqueue_bulk_invitations),
        Tick("digests", 60, enqueue_digests),
        Tick("due_dates", 300, enqueue_due_dates),
        Tick("connections", 60, schedule_connections),
        Tick("orphaned_grants", 60, enqueue_orphaned_grants),
        Tick("abandoned_jobs", 3600, delete_abandoned_jobs),
    )


def run_due(services: Services, table: tuple[Tick, ...]) -> None:
    """Run each task whose slot this process wins. Raises StoreUnavailable."""
    with store_errors():
        services.heartbeats.beat("clock")
        for tick in table:
            if services.ticks.take(tick.name, every=tick.every):
                tick.work(services)


def run(services: Services, stop: threading.Event) -> None:
    """Run until `stop` is set."""
    table, wait, is_away = timetable(services.settings), STEP, False
    while not stop.is_set():
        try:
            run_due(services, table)
            if is_away:
                log.info("clock_recovered")
            wait, is_away = STEP, False
        except StoreUnavailable as fault:
            if not is_away:
                log.warning("clock_without_redis", why=str(fault))
            wait, is_away = min(LONGEST_WAIT, wait * 1.5), True
        stop.wait(wait)


def main() -> int:
    try:
        settings = load_settings(os.environ)
    except SettingsError as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    set_up_logging(settings.log_level, environment=settings.environment)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    log.info("clock_started")
    services = build_services(settings)
    serve_metrics(services, settings)
    run(services, stop)
    log.info("clock_stopped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
