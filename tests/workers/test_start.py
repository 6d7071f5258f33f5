"""Real RQ workers: they beat, end cleanly, and work together with the clock from beginning to end."""

from __future__ import annotations

import dataclasses
import io
import logging
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rq import Worker

from cache.records.connections.call_budget import CallClass
from cache.records.email.emails import Email, EmailState, new_email_id
from cache.records.orders.order import OrderState
from config import rq_worker
from config.settings import Settings
from tests.servers.free_ports import free_ports
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_process import WorkerProcesses, an_answer, environment_of, until
from workers.queues import QUEUES
from workers.services import Services
from workers.start import make_worker

READ = ("contacts", "estimates", "invoices", "payments", "credit_notes", "recurring_invoices")
ROOT = Path(__file__).resolve().parents[2]


def test_every_worker_beats_and_ends_cleanly_when_asked(
    worker_processes: WorkerProcesses, services: Services
) -> None:
    workers = {queue: worker_processes.worker(queue) for queue in QUEUES}
    for queue, worker in workers.items():
        until(lambda queue=queue: services.heartbeats.last(queue), why=worker_processes.logs)
        until(lambda worker=worker: "Listening" in worker.log.read_text("utf-8"), why=worker_processes.logs)
        assert worker.terminate() == 0, worker_processes.logs()


class StopWhileWriting(io.StringIO):
    """A log file during whose writing the signal arrives."""

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self.worker = worker

    def write(self, text: str) -> int:
        self.worker.request_stop(signal.SIGTERM, None)
        return len(text)


def test_a_stop_that_arrives_while_a_log_line_is_written_is_heard(
    settings: Settings, stores: Any, monkeypatch: Any, services: Services
) -> None:
    monkeypatch.setattr("workers.start.services", lambda: services)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    worker = make_worker("push", settings)
    handler = logging.StreamHandler(StopWhileWriting(worker))
    try:
        with pytest.raises(SystemExit):
            handler.emit(logging.makeLogRecord({"msg": "Listening"}))
    finally:
        for number, before in handlers.items():
            signal.signal(number, before)
    assert worker.was_asked_to_stop


def test_a_worker_has_one_queue_and_the_measured_numbers(
    settings: Settings, stores: Any, monkeypatch: Any, services: Services
) -> None:
    monkeypatch.setattr("workers.start.services", lambda: services)
    worker = make_worker("push", settings)
    assert [queue.name for queue in worker.queues] == ["push"]
    numbers = (worker.worker_ttl, worker.maintenance_interval, worker.job_monitoring_interval)
    assert (
        numbers
        == (rq_worker.WORKER_TTL, rq_worker.MAINTENANCE_INTERVAL, rq_worker.JOB_MONITORING_INTERVAL)
        == (30, 30, 5)
    )
    assert worker.log_job_description is False


def test_a_first_sync_runs_from_the_clock_alone(
    worker_processes: WorkerProcesses, services: Services, org: str
) -> None:
    worker_processes.clock()
    worker_processes.worker("pull")
    services.sync_due.set_in(org, 0)
    until(
        lambda: all(services.sync_states.get(org, name).last_success for name in READ),
        seconds=40,
        why=worker_processes.logs,
    )
    assert services.mirror.is_complete(org, "invoices")


def test_an_order_goes_from_the_bell_to_zoho_while_nobody_waits(
    worker_processes: WorkerProcesses, services: Services, org: str, merchant: Any
) -> None:
    worker_processes.worker("push")
    books = services.zoho.books(org, CallClass.PERSON)
    row = next(row for row in books.estimates.list_page(1).rows if row.status == "sent")
    order = an_answer(org, books.estimates.get(row.id).value)
    services.orders.record(order, form_key="f")
    services.job_queue.enqueue_order(org, order.id)

    def is_confirmed() -> bool:
        found = services.orders.get(org, order.id)
        return found is not None and found.state is OrderState.CONFIRMED

    until(is_confirmed, why=worker_processes.logs)
    assert merchant.truth("estimates", row.id)["status"] == "accepted"


def test_a_letter_leaves_by_a_worker(
    worker_processes: WorkerProcesses, services: Services, settings: Settings
) -> None:
    worker_processes.worker("mail")
    email = Email(
        id=new_email_id(), org="us-600", to="erin@example.com", kind="invitation", values={"customer": ""}
    )
    services.emails.add(email, once_key="once")
    services.job_queue.enqueue_mail(email.id)

    def is_sent() -> bool:
        found = services.emails.get(email.id)
        return found is not None and found.state is EmailState.SENT

    until(is_sent, why=worker_processes.logs)
    assert [path.suffix for path in settings.mail_folder.iterdir()] == [".eml"]


def test_the_log_names_ids_and_durations_and_no_secrets(
    worker_processes: WorkerProcesses, services: Services, org: str
) -> None:
    worker = worker_processes.worker("pull")
    services.job_queue.enqueue_sync(org)
    until(lambda: "job_ended" in worker.log.read_text("utf-8"), why=worker_processes.logs)
    text = worker.log.read_text("utf-8")
    assert org in text
    assert "Zoho-oauthtoken" not in text
    assert services.connections.refresh_token(org) not in text
    assert "hello@harbourlight.example" not in text


def test_a_worker_without_redis_says_so_in_one_line_and_ends(
    settings: Settings, sandbox: SandboxServer, tmp_path: Path
) -> None:
    away = dataclasses.replace(settings, redis_url=f"redis://127.0.0.1:{free_ports(1)[0]}/0")
    answer = started("push", environment_of(away, tmp_path / "env"))
    assert answer.returncode == 1
    assert "worker_without_redis" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_an_unknown_queue_is_refused_with_the_known_ones() -> None:
    answer = started("everything", {})
    assert answer.returncode == 2
    assert "push|pull|mail" in answer.stderr


def started(queue: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "workers.start", queue],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
