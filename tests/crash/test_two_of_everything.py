"""Two portals, two workers of each kind and two clocks on one Redis, under load: no call doubled, no
organisation starved.

FOYER_TOGETHER_SECONDS=600 plays ten minutes; the usual run is short.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import os
import random
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import requests
from bs4 import BeautifulSoup

from cache.stores import Stores
from config.settings import Settings
from gateway.app import create_app
from gateway.web.services import EXTENSION
from tests.bench.bench_world import World
from tests.bench.web_server import web_server
from tests.gateway.seeding import PASSWORD, Seeding
from tests.servers.free_ports import free_ports
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_process import WorkerProcesses, connect_merchant, until
from tests.workers.pull.merchant_simulator import MerchantSimulator
from workers.services import Services

SECONDS = float(os.environ.get("FOYER_TOGETHER_SECONDS") or "25")
LONGER, ROUNDS_JUDGED = 150, 4
"""At most so many seconds more, until each organisation was read so often."""
CLIENTS_EACH, QUEUES = 2, ("push", "pull", "mail")
INTERVAL = 2
SYNC_ROUND = ["contacts", "estimates", "invoices", "customerpayments"]
"""Lists that every round reads, in this order."""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return dataclasses.replace(
        settings,
        sync_interval=INTERVAL,
        zoho_calls_per_minute=3_000,
        zoho_read_timeout=4.0,
        order_lease=6,
        order_settle=1,
    )


class Client(threading.Thread):
    """Reads pages at both portals in turns and accepts estimates, each with a double click: one at each
    portal.
    """

    def __init__(self, portals: list[str], email: str, estimates: list[str], stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.portals, self.email, self.estimates, self.stop = portals, email, estimates, stop
        self.accepted: list[str] = []
        self.pages, self.faults = 0, [""][:0]
        self.chance, self.http = random.Random(email), requests.Session()

    def run(self) -> None:
        try:
            self._sign_in()
            while not self.stop.is_set():
                self._read(
                    self.chance.choice(
                        ("/", "/estimates", "/invoices", "/invoices?type=overdue", "/payments", "/requests")
                    )
                )
                if self.estimates and self.chance.random() < 0.2:
                    self._accept(self.estimates.pop())
        except Exception as fault:
            self.faults.append(f"{type(fault).__name__}: {fault}")

    def _sign_in(self) -> None:
        form = self._form(self._read("/sign-in"), "/sign-in") | {"email": self.email, "password": PASSWORD}
        answer = self.http.post(f"{self.portals[0]}/sign-in", data=form, allow_redirects=False, timeout=30)
        assert answer.status_code == 303, answer.status_code

    def _read(self, path: str) -> str:
        answer = self.http.get(self.chance.choice(self.portals) + path, timeout=30)
        self.pages += 1
        if answer.status_code not in (200, 202):
            self.faults.append(f"{path} answered {answer.status_code}")
        return answer.text

    def _accept(self, estimate: str) -> None:
        page = f"/estimates/{estimate}/accept"
        form = self._form(self._read(page), page)
        if not form:
            return
        with ThreadPoolExecutor(2) as hands:
            list(
                hands.map(
                    lambda portal: self.http.post(
                        portal + page, data=form, allow_redirects=False, timeout=30
                    ),
                    self.portals,
                )
            )
        self.accepted.append(estimate)

    def _form(self, html: str, action: str) -> dict[str, str]:
        form = BeautifulSoup(html, "html5lib").find("form", action=action)
        return (
            {str(field["name"]): str(field.get("value", "")) for field in form.select("input[type=hidden]")}
            if form
            else {}
        )


class Together:
    """Everything twice, over three organisations of three data centres."""

    def __init__(self, settings: Settings, stores: Stores, sandbox: SandboxServer, folder: Path) -> None:
        self.settings, self.stores, self.sandbox, self.folder = settings, stores, sandbox, folder
        self.services: Services = create_app(settings).extensions[EXTENSION]
        self.orgs = [connect_merchant(settings, stores, dc) for dc in ("us", "eu", "in")]
        self.simulators = [MerchantSimulator(sandbox, org) for org in self.orgs]
        self.simulators[2].starts(invoices=120, customers=6, estimates=12)
        self.worker_processes, self.stop = (
            WorkerProcesses(settings, folder / "worker_processes"),
            threading.Event(),
        )

    def starts(self, stack: ExitStack) -> None:
        stack.callback(self.worker_processes.end)
        for org in self.orgs:
            self.services.sync_due.set_in(org, 0)
        for _ in range(2):
            self.worker_processes.clock()
            for queue in QUEUES:
                self.worker_processes.worker(queue)
        self.portals = [f"http://{stack.enter_context(self._portal(number))}" for number in range(2)]
        lists = ("contacts", "estimates", "invoices", "payments")
        until(
            lambda: all(self.services.mirror.is_complete(org, item) for org in self.orgs for item in lists),
            seconds=120,
            why=self.worker_processes.logs,
        )

    def clients(self) -> list[Client]:
        """Some of each organisation, each with the estimates that wait for their customer."""
        seed, found = Seeding(self.services), []
        for org, simulator in zip(self.orgs, self.simulators, strict=True):
            waiting: dict[str, list[str]] = {}
            for one, body in simulator.truth("estimates").items():
                if body["status"] == "sent" and body["expiry_date"] > str(simulator.today()):
                    waiting.setdefault(body["customer_id"], []).append(one)
            for customer in sorted(waiting, key=lambda one: -len(waiting[one]))[:CLIENTS_EACH]:
                email = f"{customer}@{org}.example"
                seed.client(customer, f"9{customer}", email=email, name="Client", org=org)
                found.append(Client(self.portals, email, waiting[customer], self.stop))
        return found

    def run_clients(self, clients: list[Client], seconds: float) -> int:
        """Everybody at once; returns the call after which the load began. On a busy machine it lasts until
        there is enough to judge.
        """
        since, end, chance = len(self.sandbox.calls()), time.monotonic() + seconds, random.Random(7)
        for item in SYNC_ROUND:
            # A round takes a while, as with the real Zoho, so that two at once would meet.
            self.sandbox.fault("delay", seconds=0.2, method="GET", path=f"/books/v3/{item}", times=1_000_000)
        for client in clients:
            client.start()
        number = 0
        while time.monotonic() < end or (time.monotonic() < end + LONGER and not self._can_be_judged(since)):
            simulator = chance.choice(self.simulators)
            simulator.books_payment(simulator.pick("invoices", number, "sent", "overdue"), 0.3)
            number += 1
            for org in self.orgs:
                # As a merchant's "Sync now" does, whether or not a round is under way.
                self.services.sync_due.set_in(org, 0)
                self.services.job_queue.enqueue_sync(org)
            time.sleep(0.5)
        self.stop.set()
        for client in clients:
            client.join(40)
        return since

    def _can_be_judged(self, since: int) -> bool:
        calls = self.sandbox.calls(since)
        return all(len(rounds_of(calls, org.partition("-")[2])) >= ROUNDS_JUDGED for org in self.orgs)

    def _portal(self, number: int) -> Any:
        address = f"http://127.0.0.1:{free_ports(1)[0]}"
        world = World(
            dataclasses.replace(self.settings, portal_url=address),
            self.stores,
            self.sandbox,
            self.folder / f"portal-{number}",
        )
        world.folder.mkdir(parents=True)
        return web_server(world, "gateway.wsgi:app", WEB_CONCURRENCY="1")


@pytest.fixture
def together(
    settings: Settings, stores: Stores, sandbox: SandboxServer, tmp_path: Path
) -> Iterator[Together]:
    with ExitStack() as stack:
        everything = Together(settings, stores, sandbox, tmp_path)
        everything.starts(stack)
        yield everything


def test_rounds_that_overlap_are_told_from_rounds_that_end_early() -> None:
    whole, early = SYNC_ROUND * 2, [*SYNC_ROUND[2:], *SYNC_ROUND, *SYNC_ROUND[:1], *SYNC_ROUND[:3]]
    assert mixed_up(whole) == mixed_up(early) == []
    assert mixed_up(["contacts", "contacts", "estimates", "estimates"]) != []
    assert mixed_up(["contacts", "estimates", "contacts", "invoices"]) != []


def test_no_call_is_doubled_and_no_organisation_is_starved(together: Together) -> None:
    clients = together.clients()
    assert len(clients) == 3 * CLIENTS_EACH
    since = together.run_clients(clients, SECONDS)
    assert [fault for client in clients for fault in client.faults] == []
    answers = sum(len(client.accepted) for client in clients)
    assert answers >= 3 and sum(client.pages for client in clients) > 50
    orders = until(lambda: _all_final(together), seconds=180, why=together.worker_processes.logs)
    assert len(orders) == answers, "a double click at two portals is one request"
    assert {order.state.value for order in orders} == {"confirmed"}
    calls = together.sandbox.calls()[since:]
    effects = Counter(
        call["path"] for call in calls if call["path"].endswith("/status/accepted") and call["effect"]
    )
    assert sorted(effects.values()) == [1] * answers
    tries = Counter(call["path"] for call in calls if call["path"].endswith("/status/accepted"))
    assert max(tries.values()) == 1, "nothing was sent twice"
    for org in together.orgs:
        lists = lists_read(calls, org.partition("-")[2])
        assert mixed_up(lists) == [], f"two workers read {org} at once: {lists}"
        times = rounds_of(calls, org.partition("-")[2])
        assert len(times) >= ROUNDS_JUDGED
        gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
        assert max(gaps) <= 5 * max(statistics.mean(gaps), INTERVAL), f"{org} was left waiting: {gaps}"


def lists_read(calls: list[dict[str, Any]], organization_id: str) -> list[str]:
    """The first pages that rounds of the sync read, in order. Rounds that follow each other repeat
    SYNC_ROUND; two at once mix it up.
    """
    return [
        call["path"].rpartition("/")[2]
        for call in calls
        if call["organization_id"] == organization_id
        and call["path"].rpartition("/")[2] in SYNC_ROUND
        and call["query"].get("page") == "1"
        and "recurring_invoice_id" not in call["query"]
    ]


def mixed_up(lists: list[str]) -> list[list[str]]:
    """Rounds that do not read their lists in order, each once. One may end early, when Zoho did not answer in
    time; the first may have begun before we looked.
    """
    starts: list[int] = [place for place, item in enumerate(lists) if item == SYNC_ROUND[0]]
    begun, rounds = (
        lists[: starts[0]],
        [lists[start:end] for start, end in itertools.pairwise([*starts, len(lists)])],
    )
    return [item for item in rounds if item != SYNC_ROUND[: len(item)]] + (
        [begun] if begun != SYNC_ROUND[len(SYNC_ROUND) - len(begun) :] else []
    )


def rounds_of(calls: list[dict[str, Any]], organization_id: str) -> list[float]:
    """When each round of the sync read the first page of the estimates, in seconds."""
    return [
        dt.datetime.fromisoformat(call["at"].replace("Z", "+00:00")).timestamp()
        for call in calls
        if call["organization_id"] == organization_id
        and call["path"] == "/books/v3/estimates"
        and call["query"].get("page") == "1"
    ]


def _all_final(together: Together) -> list[Any]:
    orders = [order for org in together.orgs for order in together.services.orders.of_org(org, 500)]
    return orders if orders and all(order.is_final for order in orders) else []
