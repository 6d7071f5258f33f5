"""A connected merchant, the desk of a worker in this process, and real workers for the tests that need
them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from cache.stores import Stores
from config.settings import Settings
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_process import WorkerProcesses, connect_merchant
from workers.services import Services, build_services


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Zoho has two seconds to answer, less than an order's lease of five. A test may read everything over and
    over within a minute; the budget has tests of its own.
    """
    return dataclasses.replace(
        settings, zoho_read_timeout=2.0, zoho_calls_per_minute=600, zoho_billing_calls_per_minute=600
    )


@pytest.fixture
def org(settings: Settings, stores: Stores, sandbox: SandboxServer) -> str:
    """Harbour Light Studio, connected."""
    return connect_merchant(settings, stores)


class Merchant:
    """The merchant at work in Zoho Books: by its pages where there is one, else by the control API."""

    def __init__(self, sandbox: SandboxServer, org: str) -> None:
        self.sandbox, self.organization_id = sandbox, org.partition("-")[2]
        self.origin = sandbox.origin("us")

    def truth(self, kind: str, document_id: str = "") -> dict[str, Any]:
        """All documents of a kind by id, or one of them, as they really are in Zoho."""
        narrow = {
            "organization_id": self.organization_id,
            "kind": kind,
            **({"id": document_id} if document_id else {}),
        }
        found: dict[str, Any] = self.sandbox.state(**narrow)[self.organization_id][kind]
        return found[document_id] if document_id else found

    def does(self, kind: str, document_id: str, action: str) -> None:
        """kind: estimates (sent, accepted, declined, invoice) or invoices (sent, void, draft)."""
        self._page(f"{kind}/{document_id}/{action}", {})

    def rewrites_estimate(self, estimate_id: str, **fields: str) -> None:
        """Open the form, change fields, save."""
        now = self.truth("estimates", estimate_id)
        form = {name: now[name] for name in ("date", "expiry_date", "reference_number", "notes", "terms")}
        for number, line in enumerate(now["line_items"], start=1):
            form |= {
                f"line-{number}-{name}": str(line[name])
                for name in ("name", "description", "quantity", "rate")
            }
        self._page(f"estimates/{estimate_id}/edit", form | fields)

    def books_payment(self, invoice_id: str, amount: str, day: str) -> None:
        self._page(
            f"invoices/{invoice_id}/payments/new", {"amount": amount, "date": day, "payment_mode": "cash"}
        )

    def deletes(self, kind: str, document_id: str) -> None:
        where = {"organization_id": self.organization_id, "kind": kind, "id": document_id}
        requests.delete(f"{self.origin}/_sandbox/documents", params=where, timeout=60).raise_for_status()

    def changes(self, kind: str, document_id: str, **fields: Any) -> None:
        """What has no page in the sandbox."""
        body = {"organization_id": self.organization_id, "kind": kind, "id": document_id, "fields": fields}
        requests.post(f"{self.origin}/_sandbox/documents", json=body, timeout=60).raise_for_status()

    def revokes(self) -> None:
        """Removes the portal from the list of connected applications. Nobody is told."""
        requests.post(f"{self.origin}/_sandbox/revoke", timeout=60).raise_for_status()

    def sets(self, **settings: Any) -> None:
        body = {"organization_id": self.organization_id, **settings}
        requests.post(f"{self.origin}/_sandbox/settings", json=body, timeout=60).raise_for_status()

    def waits(self, seconds: float) -> None:
        """Zoho's clock goes on."""
        requests.post(
            f"{self.origin}/_sandbox/clock", json={"seconds": seconds}, timeout=60
        ).raise_for_status()

    def _page(self, path: str, form: dict[str, str]) -> None:
        answer = requests.post(
            f"{self.origin}/app/{self.organization_id}/{path}", data=form, timeout=60, allow_redirects=False
        )
        assert answer.status_code == 303, answer.text


@pytest.fixture
def merchant(sandbox: SandboxServer, org: str) -> Merchant:
    return Merchant(sandbox, org)


@pytest.fixture
def services(settings: Settings, stores: Stores) -> Services:
    return build_services(settings)


@pytest.fixture
def worker_processes(
    settings: Settings, stores: Stores, sandbox: SandboxServer, tmp_path: Path
) -> Iterator[WorkerProcesses]:
    worker_processes = WorkerProcesses(settings, tmp_path / "worker_processes")
    yield worker_processes
    worker_processes.end()
