"""Measured settings of RQ workers, in seconds: docs/decisions/0002-rq-only-wakes-workers.md."""

from __future__ import annotations

WORKER_TTL = 30
"""With the two below, a killed worker's job is recovered after about 83 s; with RQ's defaults after 805 s."""

MAINTENANCE_INTERVAL = 30

JOB_MONITORING_INTERVAL = 5

JOB_TIMEOUT = 55
"""Shorter than an order's 60 s lease and RQ's own minute, so that two runs of one job never overlap."""

QUEUED_FOR = 120
"""How long a job that no worker takes stays in the queue; the scheduler enqueues it again."""

FAILED_FOR = 60

ENQUEUE_SLOT = 30
"""Jobs for the same thing share one job id within this time, so a lost job blocks for one slot at most."""
