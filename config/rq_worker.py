"""Numbers for RQ workers, chosen by measurement: docs/decisions/0002-rq-is-a-doorbell.md. All in seconds."""

from __future__ import annotations

WORKER_TTL = 30
"""With the two below a job of a killed worker is found again after about 83 s; with RQ's defaults after 805
s.
"""

MAINTENANCE_INTERVAL = 30

JOB_MONITORING_INTERVAL = 5

JOB_TIMEOUT = 55
"""Shorter than the 60 s an order's lease lasts and than RQ's own minute, so that two runs of one job never
overlap.
"""

QUEUED_FOR = 120
"""How long an unheard ring stays in the queue; the due-sets ring again."""

FAILED_FOR = 60

ENQUEUE_SLOT = 30
"""Rings for the same thing within this time share one job id: a dead doorbell blocks for one slot at most."""
