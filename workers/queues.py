"""The job queue: enqueues ids of work that is already in the records. The gateway's only way to reach
workers.

A job may be lost, doubled or late, and nothing depends on it: what is due is in sorted sets, and the clock
enqueues it again (docs/decisions/0002-rq-only-wakes-workers.md). Arguments are ids, since RQ shows and keeps
them.
"""

from __future__ import annotations

import time

import structlog
from rq import Queue
from rq.exceptions import DuplicateJobError
from rq.serializers import JSONSerializer

from cache.stores import StoreUnavailable, open_queue_redis, store_errors
from config import rq_worker
from config.settings import Settings

PUSH, PULL, MAIL = "push", "pull", "mail"
QUEUES = (PUSH, PULL, MAIL)
"""Each worker process listens to one queue: with several, RQ loses jobs that a dying worker had just taken.
"""

log = structlog.get_logger()


class JobQueue:
    """Thread-safe. Enqueueing never raises because of Redis: the clock repeats what was missed."""

    def __init__(self, settings: Settings) -> None:
        connection = open_queue_redis(settings)
        self._queues = {
            name: Queue(
                name, connection=connection, default_timeout=rq_worker.JOB_TIMEOUT, serializer=JSONSerializer
            )
            for name in QUEUES
        }
        # A job that died with its worker must not block the next one for longer than the order's lease.
        self._slot = max(1, min(rq_worker.ENQUEUE_SLOT, settings.order_lease // 2))

    def enqueue_order(self, org: str, order_id: str) -> None:
        """An order is due for delivery to Zoho."""
        self._enqueue(PUSH, "workers.push.jobs.deliver", f"o-{order_id}", org, order_id)

    def enqueue_sync(self, org: str) -> None:
        """This organisation is due for a sync."""
        self._enqueue(PULL, "workers.pull.jobs.pull", f"s-{org}", org)

    def enqueue_document(self, org: str, kind: str, document_id: str) -> None:
        """Fetch one document again. kind: estimates, invoices, payments or contacts."""
        self._enqueue(
            PULL, "workers.pull.jobs.read_document", f"d-{org}-{kind}-{document_id}", org, kind, document_id
        )

    def enqueue_orphaned_grant(self, grant_id: str) -> None:
        """A grant may be orphaned."""
        self._enqueue(PULL, "workers.pull.jobs.end_grant", f"g-{grant_id}", grant_id)

    def enqueue_mail(self, email_id: str) -> None:
        """An email is due."""
        self._enqueue(MAIL, "workers.email.jobs.send", f"m-{email_id}", email_id)

    def enqueue_due_emails(self) -> None:
        """Emails are due that no job was enqueued for, or many at once."""
        self._enqueue(MAIL, "workers.email.jobs.send_due", "emails")

    def enqueue_due_dates(self, org: str) -> None:
        """It is morning there: email about due dates."""
        self._enqueue(MAIL, "workers.email.jobs.due_dates", f"t-{org}", org)

    def enqueue_link(self, request_id: str) -> None:
        """A link was requested by email."""
        self._enqueue(MAIL, "workers.email.jobs.answer_link_request", f"l-{request_id}", request_id)

    def enqueue_digest(self, org: str, merchant_id: str) -> None:
        """A merchant's digest is due."""
        self._enqueue(MAIL, "workers.email.jobs.digest", f"y-{org}-{merchant_id}", org, merchant_id)

    def enqueue_bulk_invitation(self, org: str, bulk_id: str) -> None:
        """A bulk invitation has a portion to send."""
        self._enqueue(MAIL, "workers.email.jobs.invite_many", f"b-{org}-{bulk_id}", org, bulk_id)

    def _enqueue(self, queue: str, job: str, name: str, *ids: str) -> None:
        """One job id per thing and time slot: repeated calls make one job, and a dead job blocks for one slot
        at most.
        """
        job_id = f"{name}-{int(time.time()) // self._slot}"
        try:
            with store_errors():
                self._queues[queue].enqueue_call(
                    job,
                    args=ids,
                    job_id=job_id,
                    unique=True,
                    description=job_id,
                    timeout=rq_worker.JOB_TIMEOUT,
                    ttl=rq_worker.QUEUED_FOR,
                    result_ttl=0,
                    failure_ttl=rq_worker.FAILED_FOR,
                )
        except DuplicateJobError:
            log.debug("job_already_queued", queue=queue, job_id=job_id)
        except StoreUnavailable as fault:
            log.warning("job_not_enqueued", queue=queue, job_id=job_id, why=str(fault))
