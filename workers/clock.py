"""`python -m workers.clock`: rings for whatever is due. Two may run; each slot of time belongs to one of
them.

Not `rq cron`: two of those doubled every tick, and a short outage of Redis ended it
(docs/decisions/0002-rq-is-a-doorbell.md). This one waits until Redis is back; ringing twice would be harmless
anyway.
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

from cache.records.connection import ConnectionState
from cache.redis_connections import StoreUnavailable, store_errors
from config.logging_setup import set_up_logging
from config.settings import Settings, SettingsError, load_settings
from workers.job_setup import Resources, build_resources
from workers.letters.due_dates import is_look_due
from workers.metrics import serve_metrics
from workers.old_jobs import sweep_old_jobs

log = structlog.get_logger()

STEP = 1.0
"""Seconds between two looks at the table."""

LONGEST_WAIT = 5.0
"""Seconds between two looks while Redis is away: everything is back within ten of its return."""

AT_ONCE = 500
"""Rings of one kind per tick; more are rung by the next ones, oldest first."""

RUNG_AGAIN_AFTER = 90.0
"""Seconds until a sync or a digest that nobody worked on is rung again."""


@dataclass(frozen=True)
class Tick:
    """every: seconds, whole. work: what to do in one slot."""

    name: str
    every: int
    work: Callable[[Resources], None]


def ring_orders(desk: Resources) -> None:
    """Whatever is open and due, whoever may have forgotten it."""
    for org, order_id in desk.orders.due(AT_ONCE):
        desk.doorbell.ring_order(org, order_id)


def ring_syncs(desk: Resources) -> None:
    for org in desk.sync_due.claim_due(AT_ONCE, lease=RUNG_AGAIN_AFTER):
        desk.doorbell.ring_sync(org)


def ring_letters(desk: Resources) -> None:
    if desk.mail_due.due(1):
        desk.doorbell.ring_due_letters()


def ring_links(desk: Resources) -> None:
    for wish_id in desk.link_wishes.claim_due(AT_ONCE, lease=RUNG_AGAIN_AFTER):
        desk.doorbell.ring_link(wish_id)


def ring_digests(desk: Resources) -> None:
    for org, merchant_id in desk.digests.claim_due(AT_ONCE, lease=RUNG_AGAIN_AFTER):
        desk.doorbell.ring_digest(org, merchant_id)


def ring_bulk_invitations(desk: Resources) -> None:
    for org, bulk_id in desk.bulk_invitations.claim_due(AT_ONCE, lease=1.5 * desk.settings.order_lease):
        desk.doorbell.ring_bulk(org, bulk_id)


def ring_due_dates(desk: Resources) -> None:
    for org in desk.connections.orgs():
        if is_look_due(desk, org):
            desk.doorbell.ring_due_dates(org)


def ring_left_grants(desk: Resources) -> None:
    for grant_id in desk.left_grants.claim_due(AT_ONCE):
        desk.doorbell.ring_left_grant(grant_id)


def enlist_connections(desk: Resources) -> None:
    """Every connected organisation has a due time, also one that was connected again or whose job died.
    Spread over an interval, so that many that lost theirs together do not come together.
    """
    for org in desk.sync_due.without_time(desk.connections.orgs()):
        connection = desk.connections.get(org)
        if connection is not None and connection.state is ConnectionState.CONNECTED:
            desk.sync_due.sooner(org, random.uniform(0, desk.settings.sync_interval))  # noqa: S311 - spreads load, hides nothing


def timetable(settings: Settings) -> tuple[Tick, ...]:
    """What runs when."""
    return (
        Tick("orders", settings.order_sweep, ring_orders),
        Tick("syncs", 2, ring_syncs),
        Tick("letters", 5, ring_letters),
        Tick("links", 5, ring_links),
        Tick("bulk_invitations", 2, ring_bulk_invitations),
        Tick("digests", 60, ring_digests),
        Tick("due_dates", 300, ring_due_dates),
        Tick("connections", 60, enlist_connections),
        Tick("left_grants", 60, ring_left_grants),
        Tick("old_jobs", 3600, sweep_old_jobs),
    )


def strike(desk: Resources, table: tuple[Tick, ...]) -> None:
    """Do the work of every slot that nobody has taken yet. Raises StoreUnavailable."""
    with store_errors():
        desk.heartbeats.beat("clock")
        for tick in table:
            if desk.ticks.take(tick.name, every=tick.every):
                tick.work(desk)


def run(desk: Resources, stop: threading.Event) -> None:
    """Until `stop` is set."""
    table, wait, is_away = timetable(desk.settings), STEP, False
    while not stop.is_set():
        try:
            strike(desk, table)
            if is_away:
                log.info("clock_goes_on")
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
    desk = build_resources(settings)
    serve_metrics(desk, settings)
    run(desk, stop)
    log.info("clock_stopped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
