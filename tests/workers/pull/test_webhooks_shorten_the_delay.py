"""From an edit in Zoho to the mirror by webhook, with a real worker: late, twice, out of order, or never."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from werkzeug.serving import make_server

from cache.records.connections.webhook_endpoints import Proof
from config.settings import Settings
from gateway.app import create_app
from gateway.web.services import EXTENSION
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_process import WorkerProcesses, until
from workers.pull.organisation import pull_organisation
from workers.services import Services


class Hooks:
    """The portal's door, reachable over HTTP, and Zoho told about it."""

    def __init__(self, settings: Settings, sandbox: SandboxServer, org: str) -> None:
        app = create_app(settings)
        self.endpoints, self._sandbox, self._org = app.extensions[EXTENSION].webhook_endpoints, sandbox, org
        self.server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def order(
        self, mode: str, *, proof: Proof = Proof.SIGNATURE, form: str = "json", delay: float = 0.3
    ) -> None:
        endpoint = self.endpoints.make(self._org, proof)
        url = f"http://127.0.0.1:{self.server.server_port}/hooks/zoho/{endpoint.key}"
        secret = {"secret": endpoint.secret} if proof is Proof.SIGNATURE else {}
        body = {
            "organization_id": self._org.partition("-")[2],
            "url": url,
            "form": form,
            "mode": mode,
            "delay": delay,
            **secret,
        }
        requests.post(
            f"{self._sandbox.origin('us')}/_sandbox/webhooks", json=body, timeout=60
        ).raise_for_status()

    def outcomes(self) -> list[str]:
        return [endpoint.outcome for endpoint in self.endpoints.latest(self._org)]


@pytest.fixture
def hooks(settings: Settings, sandbox: SandboxServer, org: str, services: Services) -> Iterator[Hooks]:
    """An organisation read once, whose next round is far away."""
    for _ in range(2):
        pull_organisation(org, services)
    services.sync_due.set_in(org, 3600)
    ready = Hooks(settings, sandbox, org)
    yield ready
    ready.server.shutdown()
    ready.server.server_close()


def status(services: Services, org: str, kind: str, document_id: str) -> str:
    row = services.mirror.by_id(org, kind, document_id)
    return row.status if row else "none"


def some(merchant: Any, kind: str, wanted: str) -> str:
    return next(item for item, body in merchant.truth(kind).items() if body["status"] == wanted)


@pytest.mark.parametrize(
    ("mode", "proof", "form"),
    [
        ("prompt", Proof.SIGNATURE, "json"),
        ("prompt", Proof.SIGNATURE, "form"),
        ("late", Proof.ADDRESS, "json"),
        ("twice", Proof.SIGNATURE, "json"),
        ("shuffled", Proof.ADDRESS, "form"),
    ],
)
def test_a_change_is_there_within_seconds(
    hooks: Hooks,
    worker_processes: WorkerProcesses,
    services: Services,
    org: str,
    merchant: Any,
    mode: str,
    proof: Proof,
    form: str,
) -> None:
    worker_processes.worker("pull")
    hooks.order(mode, proof=proof, form=form)
    sent, unpaid = some(merchant, "estimates", "sent"), some(merchant, "invoices", "sent")
    merchant.does("estimates", sent, "accepted")
    merchant.does("invoices", unpaid, "void")
    until(
        lambda: (
            status(services, org, "estimates", sent) == "accepted"
            and status(services, org, "invoices", unpaid) == "void"
        ),
        why=worker_processes.logs,
    )
    assert set(hooks.outcomes()) == {"accepted"}
    late = services.sync_lags.figures(org, "estimates")
    assert late is not None and late.at_95 < 15


def test_a_payment_announced_alone_brings_its_invoice_along(
    hooks: Hooks, worker_processes: WorkerProcesses, services: Services, org: str, merchant: Any
) -> None:
    worker_processes.worker("pull")
    hooks.order("prompt")
    invoice_id, body = next(
        (item, body) for item, body in merchant.truth("invoices").items() if body["status"] == "sent"
    )
    merchant.books_payment(invoice_id, str(body["balance"]), body["date"])
    until(lambda: status(services, org, "invoices", invoice_id) == "paid", why=worker_processes.logs)


def test_what_no_webhook_told_is_found_by_the_next_round(
    hooks: Hooks, services: Services, org: str, merchant: Any
) -> None:
    hooks.order("never")
    sent = some(merchant, "estimates", "sent")
    merchant.does("estimates", sent, "accepted")
    assert status(services, org, "estimates", sent) == "sent" and hooks.outcomes() == []
    pull_organisation(org, services)
    assert status(services, org, "estimates", sent) == "accepted"
