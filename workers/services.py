"""What views, jobs and commands work with, built once per process, and the frame around each job: ids in the
log, how long it took.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import structlog

from cache.store_services import StoreServices, build_store_services
from cache.stores import open_stores, store_errors
from config.settings import Settings, load_settings
from connectors.zoho.clients import ZohoClients
from workers.queues import JobQueue

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Services(StoreServices):
    """The stores, and the ways out of this process: Zoho and the job queue. Opens nothing until it is used;
    safe to share between threads.
    """

    zoho: ZohoClients
    job_queue: JobQueue


def build_services(settings: Settings) -> Services:
    """The one constructor. Redis is connected at the first command, Zoho at the first call."""
    stores = build_store_services(settings, open_stores(settings))
    return Services(**vars(stores), zoho=ZohoClients(stores), job_queue=JobQueue(settings))


@cache
def services() -> Services:
    """This process's services, from its environment. Raises SettingsError."""
    return build_services(load_settings(os.environ))


@contextmanager
def job(name: str, **ids: str) -> Iterator[Services]:
    """The frame of a job. Raises StoreUnavailable when Redis is down; any error marks the job as failed in
    RQ.
    """
    started = time.monotonic()
    outcome = "failed"
    with structlog.contextvars.bound_contextvars(job=name, **ids):
        try:
            with store_errors():
                yield services()
            outcome = "done"
        finally:
            log.info("job_ended", outcome=outcome, milliseconds=round((time.monotonic() - started) * 1000))
