"""A stage for crashes: one merchant, some waiting estimates, real workers that die, and a judge who knows the
truth.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from cache.records.connections.call_budget import CallClass
from cache.records.orders.order import Order, OrderKind, OrderState
from cache.store_services import build_store_services
from cache.stores import Stores
from config.settings import Settings
from connectors.zoho.clients import ZohoClients
from connectors.zoho.documents.estimate import Estimate
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_factory import ForkedWorkers
from tests.servers.worker_process import an_answer, connect_merchant, until
from workers.services import build_services

ACCEPT, DECLINE = OrderKind.ACCEPT_ESTIMATE, OrderKind.DECLINE_ESTIMATE
WORD = {ACCEPT: "accepted", DECLINE: "declined"}
DONE_IN = {ACCEPT: {"accepted", "invoiced"}, DECLINE: {"declined"}}
AT_REST = {OrderState.CONFIRMED, OrderState.REFUSED, OrderState.CHANGED, OrderState.NEEDS_ATTENTION}


class WorkerHarness:
    def __init__(self, settings: Settings, stores: Stores, sandbox: SandboxServer, folder: Path) -> None:
        self.settings, self.stores, self.sandbox = settings, stores, sandbox
        self.org = connect_merchant(settings, stores)
        self.services = build_services(settings)
        self.worker_processes = ForkedWorkers(settings, folder)
        # The judge is patient: only the workers' time with Zoho is short.
        self.books = ZohoClients(
            build_store_services(dataclasses.replace(settings, zoho_read_timeout=30.0), stores)
        ).books(self.org, CallClass.PERSON)
        rows = self.books.estimates.list_page(1).rows
        self._waiting = [row.id for row in rows if row.status == "sent"]
        self.started = len(sandbox.calls())

    def estimate(self) -> Estimate:
        """A fresh one that waits for an answer."""
        return self.books.estimates.get(self._waiting.pop()).value

    def answer(self, kind: OrderKind = ACCEPT, *, reason: str = "", enqueue: bool = True) -> Order:
        """A client answers: recorded, then the bell, as the portal does."""
        order = an_answer(self.org, self.estimate(), kind, reason=reason)
        order = self.services.orders.record(order, form_key=order.id)
        if enqueue:
            self.services.job_queue.enqueue_order(self.org, order.id)
        return order

    def now(self, order: Order) -> Order:
        found = self.services.orders.get(self.org, order.id)
        assert found is not None
        return found

    def at_rest(self, order: Order, *, seconds: float = 120.0) -> Order:
        """The order once nothing more happens by itself."""

        def find_settled() -> Order | None:
            found = self.now(order)
            return found if found.state in AT_REST else None

        return until(
            find_settled, seconds=seconds, why=lambda: f"{self.now(order)}\n{self.worker_processes.logs()}"
        )

    def crash(self, step: str, *, whole_host: bool) -> None:
        """A worker dies at this step of the order that is due; then it is gone, as after a power cut."""
        worker = self.worker_processes.worker("push", crash_at=f"{step}+parent" if whole_host else step)
        until(
            lambda: not worker.is_alive if whole_host else worker.lost_a_job,
            seconds=90,
            why=self.worker_processes.logs,
        )
        worker.kill()

    def sendings(self, order: Order) -> list[dict[str, Any]]:
        """Every call to Zoho that brought this answer."""
        path = f"/books/v3/estimates/{order.document_id}/status/{WORD[order.kind]}"
        return [call for call in self.sandbox.calls(self.started) if call["path"] == path]

    def effects(self, order: Order) -> int:
        return sum(call["effect"] for call in self.sendings(order))

    def status_in_zoho(self, order: Order) -> str:
        organization_id = self.org.partition("-")[2]
        state = self.sandbox.state(organization_id=organization_id, kind="estimates", id=order.document_id)
        status: str = state[organization_id]["estimates"][order.document_id]["status"]
        return status

    def discrepancies(self, order: Order) -> list[str]:
        """Where the receipt and Zoho do not say the same. The sandbox is the truth."""
        found, status, effects = [], self.status_in_zoho(order), self.effects(order)
        is_done = status in DONE_IN[order.kind]
        if effects > 1:
            found.append(f"{effects} effects")
        if order.state is OrderState.CONFIRMED and not (is_done and effects == 1):
            found.append(f"confirmed, but Zoho has it {status} after {effects} effects")
        if order.state in (OrderState.REFUSED, OrderState.CHANGED, OrderState.NEEDS_ATTENTION) and is_done:
            found.append(f"told as {order.state}, but Zoho has it {status}")
        if (
            order.state is OrderState.CONFIRMED
            and order.reason
            and order.result.get("reason") != "not delivered"
        ):
            comments = self.books.estimates.comments(order.document_id).value
            count = sum(order.id in comment.text for comment in comments)
            if count != 1:
                found.append(f"{count} comments with the reason")
        return found


@pytest.fixture
def read_timeout() -> float:
    """Seconds an answer is waited for. Tests with slow answers have a short one; the others must not mistake
    a busy machine for one.
    """
    return 10.0


@pytest.fixture
def settings(settings: Settings, read_timeout: float) -> Settings:
    """Short times: a lease lasts 3 s, and 2 s settle what was lost."""
    return dataclasses.replace(settings, zoho_read_timeout=read_timeout, order_lease=3, order_settle=2)


@pytest.fixture
def quiet() -> Iterator[None]:
    """For thousands of deliveries, whose log lines would cost more than they do; other tests look at the
    log.
    """
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.configure(**before)


@pytest.fixture
def worker_harness(
    settings: Settings, stores: Stores, sandbox: SandboxServer, tmp_path: Path
) -> Iterator[WorkerHarness]:
    worker_harness = WorkerHarness(settings, stores, sandbox, tmp_path / "worker_processes")
    yield worker_harness
    worker_harness.worker_processes.end()
