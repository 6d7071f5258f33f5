"""Deliveries in this process that lose their power at a step, and a clock that is moved instead of waited for."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import json
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from cache import keys
from cache.call_budget import CallClass
from cache.clock import store_now
from cache.records.details_edit import Edited, as_shown
from cache.records.order import ANSWERS, FINAL, Order, OrderKind, OrderState
from cache.redis_connections import RedisConnections
from config.settings import Settings
from connectors.zoho.documents.estimate import Estimate
from servers.sandbox_server import SandboxServer
from servers.worker_process import an_answer, connect_merchant, until
from workers.job_setup import build_resources
from workers.push import deliver_order as delivery
from workers.push.patience import EARLY_LOOK

DONE_IN = {OrderKind.ACCEPT_ESTIMATE: {"accepted", "invoiced"}, OrderKind.DECLINE_ESTIMATE: {"declined"}}


class PowerCut(BaseException):
    """Nothing of ours catches it: what was written stays, what was not is lost, as when a process is killed."""


class Theatre:
    """One merchant, one worker, and orders of every kind, one after the other."""

    def __init__(self, settings: Settings, redis: RedisConnections, sandbox: SandboxServer, monkeypatch: pytest.MonkeyPatch) -> None:
        self.redis, self.sandbox = redis, sandbox
        self.org = connect_merchant(settings, redis)
        self.organization_id = self.org.partition("-")[2]
        self.desk = build_resources(settings)
        self.books = self.desk.zoho.books(self.org, CallClass.PERSON)
        row = next(row for row in self.books.estimates.list_page(1).rows if row.status == "sent")
        self.estimate = self.books.estimates.get(row.id).value
        self.invoice = next(row for row in self.books.invoices.list_page(1).rows if row.is_for_clients)
        self.person = self.books.contacts.get(self.estimate.customer_id).value.persons[0]
        self.cut_at: Callable[[str], bool] = lambda step: False
        monkeypatch.setattr(delivery, "reached", self._reached)

    def order(self, kind: OrderKind, dice: random.Random) -> Order:
        """A client asks for it; the estimate waits for an answer again."""
        if kind in ANSWERS:
            self._tamper("estimates", self.estimate.id, status="sent")
            offer = self.books.estimates.get(self.estimate.id).value
            order = an_answer(self.org, offer, kind, reason="Too late." if kind is OrderKind.DECLINE_ESTIMATE else "")
        elif kind is OrderKind.EDIT_PERSON:
            edit = Edited("phone", str(self._in_zoho_person()["phone"]), f"+1 207 {dice.randrange(10**9)}")
            about = self._about(self.person.id, self.estimate.customer_id)
            order = dataclasses.replace(an_answer(self.org, about, kind), shown=as_shown((edit,)))
        else:
            document: Any = self.estimate if kind is OrderKind.COMMENT_ESTIMATE else self.invoice
            order = an_answer(self.org, self._about(document.id, document.customer_id), kind, reason="Is it blue?")
        # One that a person must look at keeps its place in the line; here nobody comes.
        self.redis.records.delete(keys.document_queue(self.org, order.queue))
        return self.desk.orders.record(order, form_key=order.id)

    def deliver(self, order: Order) -> Order:
        """One ring, which may end in a power cut."""
        with contextlib.suppress(PowerCut):
            delivery.deliver_order(self.org, order.id, self.desk)
        found = self.desk.orders.get(self.org, order.id)
        assert found is not None
        return found

    def at_rest(self, order: Order, *, rings: int = 40) -> Order:
        """Ring, and move the clock to the next time it is due, until nothing more happens by itself."""
        for _ in range(rings):
            order = self.deliver(order)
            if order.state in FINAL or order.state is OrderState.NEEDS_ATTENTION:
                break
            self.jump(order)
        self.everything_landed()
        return order

    def jump(self, order: Order) -> None:
        """The order becomes due: all its times move into the past by what is missing. Late effects land within the settle time."""
        due: Any = self.redis.records.zscore(keys.due("orders"), f"{self.org}|{order.id}")
        ahead = (due or 0.0) - store_now(self.redis.records).timestamp() + 0.01
        if ahead <= 0.01:
            return
        if ahead > EARLY_LOOK * 2:
            self.everything_landed()
        key = keys.order(self.org, order.id)
        record: Any = self.redis.records.hgetall(key)
        steps = [{**step, "at": f"{float(step['at']) - ahead:.6f}"} for step in json.loads(record["steps"])]
        moved = {"steps": json.dumps(steps)}
        for name in ("next_at", "lease_until"):
            if record.get(name):
                moved[name] = str(float(record[name]) - ahead)
        for name in ("recorded_at", "not_after"):
            moved[name] = (dt.datetime.fromisoformat(record[name]) - dt.timedelta(seconds=ahead)).isoformat()
        self.redis.records.hset(key, mapping=moved)  # type: ignore[arg-type]
        self.redis.records.zadd(keys.due("orders"), {f"{self.org}|{order.id}": due - ahead})
        self.redis.records.delete(keys.blocked(self.org, "books"))
        self.redis.copies.flushdb()

    def everything_landed(self) -> None:
        until(lambda: self._late() == 0, seconds=10)

    def lies(self, order: Order) -> list[str]:
        """Where the receipt and Zoho do not say the same, and what is there twice."""
        if order.kind in ANSWERS:
            effects = int(self._state("estimates", self.estimate.id)["status"] in DONE_IN[order.kind])
        elif order.kind is OrderKind.EDIT_PERSON:
            effects = int(self._in_zoho_person()["phone"] == order.shown["edits"][0][2])
        else:
            effects = self.comments(order)
        found = [f"{effects} effects"] if effects > 1 else []
        if order.kind is OrderKind.DECLINE_ESTIMATE and self.comments(order) > 1:
            found.append(f"{self.comments(order)} comments with the reason")
        if (order.state is OrderState.CONFIRMED) != (effects > 0):
            found.append(f"told as {order.state}, with {effects} effects in Zoho")
        if order.state not in FINAL and order.state is not OrderState.NEEDS_ATTENTION:
            found.append("never came to rest")
        return found

    def comments(self, order: Order) -> int:
        dealings: Any = self.books.invoice_dealings if order.kind is OrderKind.COMMENT_INVOICE else self.books.estimates
        return sum(order.id in comment.text for comment in dealings.comments(order.document_id).value)

    def _reached(self, step: str) -> None:
        if self.cut_at(step):
            raise PowerCut(step)

    def _about(self, document_id: str, customer_id: str) -> Estimate:
        return Estimate(id=document_id, number="", status="", customer_id=customer_id, total=Decimal(0), currency="")

    def _state(self, kind: str, document_id: str) -> dict[str, Any]:
        told = self.sandbox.state(organization_id=self.organization_id, kind=kind, id=document_id)
        found: dict[str, Any] = told[self.organization_id][kind][document_id]
        return found

    def _in_zoho_person(self) -> dict[str, Any]:
        persons = self._state("contacts", self.estimate.customer_id)["contact_persons"]
        return next(dict(one) for one in persons if one["contact_person_id"] == self.person.id)

    def _tamper(self, kind: str, document_id: str, **fields: Any) -> None:
        body = {"organization_id": self.organization_id, "kind": kind, "id": document_id, "fields": fields, "silently": True}
        self.sandbox.http.post(f"{self.sandbox.origin('us')}/_sandbox/documents", json=body, timeout=5).raise_for_status()

    def _late(self) -> int:
        return int(self.sandbox.http.get(f"{self.sandbox.origin('us')}/_sandbox/faults", timeout=5).json()["late"])
