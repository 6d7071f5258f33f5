"""The doorbell: wakes a worker for work that already stands in the records. The only door of workers for the
gateway.

A ring may be lost, doubled or late, and nothing depends on it: what is due stands in due-sets, and the clock
rings for it again (docs/decisions/0002-rq-is-a-doorbell.md). Arguments are ids, since RQ shows and keeps
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
"""One worker process listens to one queue: with several, RQ loses jobs that a dying worker had just taken."""

log = structlog.get_logger()


class JobQueue:
    """Safe to share between threads. Ringing never raises because of Redis: a missed ring is repeated by the
    clock.
    """

    def __init__(self, settings: Settings) -> None:
        connection = open_queue_redis(settings)
        self._queues = {
            name: Queue(
                name, connection=connection, default_timeout=rq_worker.JOB_TIMEOUT, serializer=JSONSerializer
            )
            for name in QUEUES
        }
        # A ring that died with its worker must not keep the next one out for longer than the order's lease
        # does.
        self._slot = max(1, min(rq_worker.ENQUEUE_SLOT, settings.order_lease // 2))

    def enqueue_order(self, org: str, order_id: str) -> None:
        """There is an order to bring to Zoho."""
        self._enqueue(PUSH, "workers.push.jobs.deliver", f"o-{order_id}", org, order_id)

    def enqueue_sync(self, org: str) -> None:
        """This organisation is due for reading what changed."""
        self._enqueue(PULL, "workers.pull.jobs.pull", f"s-{org}", org)

    def enqueue_document(self, org: str, kind: str, document_id: str) -> None:
        """One document should be read again. kind: estimates, invoices, payments or contacts."""
        self._enqueue(
            PULL, "workers.pull.jobs.read_document", f"d-{org}-{kind}-{document_id}", org, kind, document_id
        )

    def enqueue_orphaned_grant(self, grant_id: str) -> None:
        """There is a grant that perhaps nobody needs."""
        self._enqueue(PULL, "workers.pull.jobs.end_grant", f"g-{grant_id}", grant_id)

    def enqueue_mail(self, email_id: str) -> None:
        """There is a letter to send."""
        self._enqueue(MAIL, "workers.email.jobs.send", f"m-{email_id}", email_id)

    def enqueue_due_emails(self) -> None:
        """There are letters to send that nobody rang for, or many of them."""
        self._enqueue(MAIL, "workers.email.jobs.send_due", "emails")

    def enqueue_due_dates(self, org: str) -> None:
        """It is morning there: what is due soon, and what was due?"""
        self._enqueue(MAIL, "workers.email.jobs.due_dates", f"t-{org}", org)

    def enqueue_link(self, request_id: str) -> None:
        """Somebody asked for a link by mail."""
        self._enqueue(MAIL, "workers.email.jobs.answer_link_request", f"l-{request_id}", request_id)

    def enqueue_digest(self, org: str, merchant_id: str) -> None:
        """A merchant's digest is due."""
        self._enqueue(MAIL, "workers.email.jobs.digest", f"y-{org}-{merchant_id}", org, merchant_id)

    def enqueue_bulk_invitation(self, org: str, bulk_id: str) -> None:
        """There are many people to invite."""
        self._enqueue(MAIL, "workers.email.jobs.invite_many", f"b-{org}-{bulk_id}", org, bulk_id)

    def _enqueue(self, queue: str, job: str, name: str, *ids: str) -> None:
        """One job per thing and slot of time, so that many rings are one job and a dead job blocks for a slot
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
