"""`python -m workers.start push|pull|mail`: one RQ worker for one queue, with measured settings."""

from __future__ import annotations

import os
import sys
from typing import Any

import structlog
from rq import Queue, Worker
from rq.exceptions import StopRequested
from rq.serializers import JSONSerializer

from cache.records.orders.migration import migrate_orders
from cache.records.scheduler.heartbeats import Heartbeats
from cache.stores import StoreUnavailable, open_queue_redis, store_errors
from config import rq_worker
from config.logging_setup import set_up_logging
from config.settings import Settings, SettingsError, load_settings
from workers.queues import QUEUES
from workers.services import services

log = structlog.get_logger()


class BeatingWorker(Worker):
    """RQ's worker, whose heartbeat is also recorded for our health page.

    was_asked_to_stop: by a signal; RQ itself does not distinguish that from losing Redis.
    """

    was_asked_to_stop = False

    def __init__(self, queue: Queue, *, heartbeats: Heartbeats, **options: Any) -> None:
        self._kind, self._heartbeats = queue.name, heartbeats
        super().__init__([queue], **options)

    def heartbeat(self, timeout: int | None = None, pipeline: Any = None) -> None:
        super().heartbeat(timeout, pipeline)
        self._heartbeats.beat(self._kind)

    def request_stop(self, signum: int, frame: Any) -> None:
        self.was_asked_to_stop = True
        try:
            super().request_stop(signum, frame)  # type: ignore[no-untyped-call]  # rq leaves it untyped
        except StopRequested:
            # A log handler that is writing swallows every Exception, this one too, and the worker would never
            # stop.
            raise SystemExit(0) from None


def make_worker(queue_name: str, settings: Settings) -> BeatingWorker:
    """One queue only: with several, RQ loses what a dying worker had just taken."""
    connection = open_queue_redis(settings)
    queue = Queue(queue_name, connection=connection, serializer=JSONSerializer)
    return BeatingWorker(
        queue,
        heartbeats=services().heartbeats,
        connection=connection,
        serializer=JSONSerializer,
        worker_ttl=rq_worker.WORKER_TTL,
        maintenance_interval=rq_worker.MAINTENANCE_INTERVAL,
        job_monitoring_interval=rq_worker.JOB_MONITORING_INTERVAL,
        log_job_description=False,
    )


def main(arguments: list[str]) -> int:
    """0 after a requested stop; otherwise 1, so that the supervisor starts another."""
    if len(arguments) != 1 or arguments[0] not in QUEUES:
        sys.stderr.write(f"Say which queue: python -m workers.start {'|'.join(QUEUES)}\n")
        return 2
    try:
        settings = load_settings(os.environ)
    except SettingsError as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    set_up_logging(settings.log_level, environment=settings.environment)
    try:
        with store_errors():
            worker = make_worker(arguments[0], settings)
            migrate_orders(services().stores.records)
            services().heartbeats.beat(arguments[0])
            worker.work(logging_level=settings.log_level)
    except StoreUnavailable as fault:
        log.error("worker_without_redis", queue=arguments[0], why=str(fault))
        return 1
    return 0 if worker.was_asked_to_stop else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
