"""Delete the hashes of killed jobs: RQ gives them no expiry, so they would stay for ever."""

from __future__ import annotations

import datetime as dt
from typing import Any

import structlog
from rq.job import Job

from cache.stores import open_queue_redis
from workers.services import Services

log = structlog.get_logger()

OLD = dt.timedelta(hours=1)
"""No job runs for a minute; an older one without expiry was abandoned."""


def delete_abandoned_jobs(services: Services) -> None:
    """Delete hashes of old jobs that would never expire. Nothing depends on them: what is due is enqueued
    again.
    """
    connection, deleted = open_queue_redis(services.settings), 0
    limit = dt.datetime.now(dt.UTC) - OLD
    try:
        for key in connection.scan_iter(match=f"{Job.redis_job_namespace_prefix}*", count=500):
            is_endless = connection.ttl(key) == -1 and connection.type(key) == b"hash"
            created: Any = connection.hget(key, "created_at") if is_endless else None
            if created and dt.datetime.fromisoformat(created.decode()) < limit:
                deleted += int(connection.delete(key))
    finally:
        connection.close()
    if deleted:
        log.info("abandoned_jobs_deleted", count=deleted)
