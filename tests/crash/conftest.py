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

from cache.call_budget import CallClass
from cache.records.order import Order, OrderKind, OrderState
from cache.redis_connections import RedisConnections
from config.settings import Settings
from connectors.zoho.clients import ZohoClients
from connectors.zoho.documents.estimate import Estimate
from servers.sandbox_server import SandboxServer
from servers.worker_forge import ForgedCrew
from servers.worker_process import an_answer, connect_merchant, until
from workers.job_setup import build_resources

ACCEPT, DECLINE = OrderKind.ACCEPT_ESTIMATE, OrderKind.DECLINE_ESTIMATE
WORD = {ACCEPT: "accepted", DECLINE: "declined"}
DONE_IN = {ACCEPT: {"accepted", "invoiced"}, DECLINE: {"declined"}}
AT_REST = {OrderState.CONFIRMED, OrderState.REFUSED, OrderState.CHANGED, OrderState.NEEDS_ATTENTION}


class Stage:
    def __init__(
        self, settings: Settings, redis: RedisConnections, sandbox: SandboxServer, folder: Path
    ) -> None:
        self.settings, self.redis, self.sandbox = settings, redis, sandbox
        self.org = connect_merchant(settings, redis)
        self.desk = build_resources(settings)
        self.crew = ForgedCrew(settings, folder)
        # The judge is patient: only the workers' time with Zoho is short.
        self.books = ZohoClients(dataclasses.replace(settings, zoho_read_timeout=30.0), redis).books(
            self.org, CallClass.PERSON
        )
        rows = self.books.estimates.list_page(1).rows
        self._waiting = [row.id for row in rows if row.status == "sent"]
        self.started = len(sandbox.calls())

    def estimate(self) -> Estimate:
        """A fresh one that waits for an answer."""
        return self.books.estimates.get(self._waiting.pop()).value

    def answer(self, kind: OrderKind = ACCEPT, *, reason: str = "", ring: bool = True) -> Order:
        """A client answers: recorded, then the bell, as the portal does."""
        order = an_answer(self.org, self.estimate(), kind, reason=reason)
        order = self.desk.orders.record(order, form_key=order.id)
        if ring:
            self.desk.doorbell.ring_order(self.org, order.id)
        return order

    def now(self, order: Order) -> Order:
        found = self.desk.orders.get(self.org, order.id)
        assert found is not None
        return found

    def at_rest(self, order: Order, *, seconds: float = 120.0) -> Order:
        """The order once nothing more happens by itself."""

        def look() -> Order | None:
            found = self.now(order)
            return found if found.state in AT_REST else None

        return until(look, seconds=seconds, why=lambda: f"{self.now(order)}\n{self.crew.logs()}")

    def crash(self, step: str, *, whole_host: bool) -> None:
        """A worker dies at this step of the order that is due; then it is gone, as after a power cut."""
        worker = self.crew.worker("push", crash_at=f"{step}+parent" if whole_host else step)
        until(
            lambda: not worker.is_alive if whole_host else worker.lost_a_job, seconds=90, why=self.crew.logs
        )
        worker.kill()

    def sendings(self, order: Order) -> list[dict[str, Any]]:
        """Every call to Zoho that brought this answer."""
        path = f"/books/v3/estimates/{order.document_id}/status/{WORD[order.kind]}"
        return [call for call in self.sandbox.calls(self.started) if call["path"] == path]

    def effects(self, order: Order) -> int:
        return sum(call["effect"] for call in self.sendings(order))

    def in_zoho(self, order: Order) -> str:
        organization_id = self.org.partition("-")[2]
        state = self.sandbox.state(organization_id=organization_id, kind="estimates", id=order.document_id)
        status: str = state[organization_id]["estimates"][order.document_id]["status"]
        return status

    def contradictions(self, order: Order) -> list[str]:
        """Where the receipt and Zoho do not say the same. The sandbox is the truth."""
        found, status, effects = [], self.in_zoho(order), self.effects(order)
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
def stage(
    settings: Settings, redis: RedisConnections, sandbox: SandboxServer, tmp_path: Path
) -> Iterator[Stage]:
    stage = Stage(settings, redis, sandbox, tmp_path / "crew")
    yield stage
    stage.crew.end()
