"""Documents and PDFs that are not in the copies yet, against the sandbox over HTTP: fetched once, kept, told
apart from foreign ones.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from rq import Queue
from rq.serializers import JSONSerializer

from cache.copies.mirror.mirror_row import IndexedRow
from cache.records.connections.connection import ConnectionState
from cache.scope import CustomerScope
from cache.stores import Stores, open_queue_redis
from config.settings import Settings
from gateway.app import create_app
from gateway.web.services import EXTENSION
from tests.gateway.browser import Browser
from tests.gateway.seeding import PASSWORD, Seeding
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_process import connect_merchant
from workers.services import Services

FAR_FUTURE = dt.datetime(2031, 1, 1, tzinfo=dt.UTC)


@dataclass
class PortalClient:
    """A portal whose merchant is connected to the sandbox and whose copies are empty, and a client of one
    customer.
    """

    services: Services
    browser: Browser
    sandbox: SandboxServer
    org: str
    customer_id: str
    documents: dict[str, dict[str, Any]]

    def pick(self, kind: str, fits: Callable[[dict[str, Any]], bool]) -> str:
        """The id of a document in the sandbox."""
        return next(id for id, body in self.documents[kind].items() if fits(body))

    def reads(self) -> int:
        """Calls of Zoho's API so far."""
        return len(
            [
                call
                for call in self.sandbox.calls()
                if call["method"] == "GET" and "/books/v3/" in call["path"]
            ]
        )


@pytest.fixture
def portal_client(settings: Settings, stores: Stores, sandbox: SandboxServer) -> PortalClient:
    settings = dataclasses.replace(settings, page_time_budget=1.0)
    app: Flask = create_app(settings)
    services: Services = app.extensions[EXTENSION]
    org = connect_merchant(settings, stores)
    documents = sandbox.state()[org.partition("-")[2]]
    mine = next(
        estimate["customer_id"]
        for estimate in documents["estimates"].values()
        if estimate["status"] == "sent"
    )
    Seeding(services).client(
        mine, "46000000002001", email="erin@client.example", name="Erin Solberg", org=org
    )
    browser = Browser(app)
    browser.sign_in("erin@client.example", PASSWORD)
    return PortalClient(services, browser, sandbox, org, mine, documents)


def test_a_document_never_read_is_fetched_once_and_costs_nothing_afterwards(
    portal_client: PortalClient,
) -> None:
    estimate = portal_client.pick(
        "estimates", lambda one: one["customer_id"] == portal_client.customer_id and one["status"] == "sent"
    )
    before = portal_client.reads()
    portal_client.browser.get(f"/estimates/{estimate}")
    assert portal_client.documents["estimates"][estimate]["estimate_number"] in portal_client.browser.text
    assert portal_client.reads() == before + 1
    portal_client.browser.get(f"/estimates/{estimate}")
    portal_client.browser.get(f"/estimates/{estimate}/accept")
    assert portal_client.reads() == before + 1


@pytest.mark.parametrize("kind", ["estimates", "invoices", "payments"])
def test_what_zoho_has_for_another_customer_is_absent_even_before_the_first_sync(
    portal_client: PortalClient, kind: str
) -> None:
    foreign = portal_client.pick(
        kind,
        lambda one: one["customer_id"] != portal_client.customer_id and one.get("status") not in ("draft",),
    )
    portal_client.browser.get(f"/{kind}/{foreign}", status=404)
    portal_client.browser.get(f"/{kind}/{foreign}", status=404)
    if kind != "payments":
        portal_client.browser.get(f"/{kind}/{foreign}/pdf", status=404)
    owner = CustomerScope(portal_client.org, portal_client.documents[kind][foreign]["customer_id"])
    assert portal_client.services.documents.get(owner, kind, foreign, None) is None


def test_an_unknown_id_is_no_page(portal_client: PortalClient) -> None:
    portal_client.browser.get("/estimates/999999999999", status=404)


def test_an_older_copy_is_shown_with_its_time_while_zoho_is_down(portal_client: PortalClient) -> None:
    estimate = portal_client.pick(
        "estimates", lambda one: one["customer_id"] == portal_client.customer_id and one["status"] == "sent"
    )
    portal_client.browser.get(f"/estimates/{estimate}")
    a_newer_row(portal_client, estimate)
    portal_client.sandbox.fault("html", status=502, times=50)
    portal_client.browser.get(f"/estimates/{estimate}")
    assert "Zoho cannot be asked just now. Last known state from" in portal_client.browser.text


def test_a_document_that_cannot_be_had_now_is_a_page_that_tries_again(portal_client: PortalClient) -> None:
    estimate = portal_client.pick(
        "estimates", lambda one: one["customer_id"] == portal_client.customer_id and one["status"] == "sent"
    )
    portal_client.sandbox.fault("delay", seconds=2.5, times=1)
    page = portal_client.browser.get(f"/estimates/{estimate}", status=202)
    assert (
        page.find("meta", attrs={"name": "poll-seconds"})
        and portal_client.browser.answer.headers["Retry-After"] == "3"
    )
    assert "Being fetched" in portal_client.browser.text


def test_after_a_run_of_failures_zoho_is_left_alone_for_a_while(portal_client: PortalClient) -> None:
    ids = [
        id
        for id, item in portal_client.documents["invoices"].items()
        if item["customer_id"] == portal_client.customer_id
    ]
    portal_client.sandbox.fault("status", status=503, times=100)
    for id in (ids * 6)[:6]:
        portal_client.browser.get(f"/invoices/{id}", status=202)
    before = portal_client.reads()
    portal_client.browser.get(f"/invoices/{ids[0]}", status=202)
    assert portal_client.reads() == before


def test_a_pdf_comes_under_our_own_name_and_is_kept(portal_client: PortalClient) -> None:
    invoice = portal_client.pick(
        "invoices",
        lambda one: one["customer_id"] == portal_client.customer_id and one["status"] not in ("draft",),
    )
    portal_client.browser.get(f"/invoices/{invoice}/pdf")
    answer = portal_client.browser.answer
    assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF-")
    number = portal_client.documents["invoices"][invoice]["invoice_number"]
    assert answer.headers["Content-Disposition"] == f"attachment; filename=Invoice-{number}.pdf"
    before = portal_client.reads()
    portal_client.browser.get(f"/invoices/{invoice}/pdf")
    assert portal_client.reads() == before


def test_a_lost_connection_asks_zoho_for_nothing(portal_client: PortalClient) -> None:
    from_copies = portal_client.pick(
        "estimates", lambda one: one["customer_id"] == portal_client.customer_id and one["status"] == "sent"
    )
    portal_client.browser.get(f"/estimates/{from_copies}")
    portal_client.services.connections.mark(portal_client.org, ConnectionState.RECONNECT_NEEDED)
    before = portal_client.reads()
    a_newer_row(portal_client, from_copies)
    portal_client.browser.get(f"/estimates/{from_copies}")
    assert "Last known state" in portal_client.browser.text and portal_client.reads() == before


def a_newer_row(portal_client: PortalClient, estimate: str) -> None:
    """The sync saw that the estimate changed; its document has not been read since."""
    body = portal_client.documents["estimates"][estimate]
    row = IndexedRow(
        kind="estimates",
        id=estimate,
        customer_id=body["customer_id"],
        version=FAR_FUTURE.isoformat(),
        status="sent",
        sort={},
        body={},
        as_of=FAR_FUTURE,
    )
    portal_client.services.mirror.put_page(portal_client.org, [row])


def test_two_processes_ask_once_for_a_document_nobody_has_read(
    portal_client: PortalClient, settings: Settings
) -> None:
    """Each portal has its own threads; what keeps them from asking twice is shared."""
    estimate = portal_client.pick(
        "estimates", lambda one: one["customer_id"] == portal_client.customer_id and one["status"] == "sent"
    )
    other = Browser(create_app(dataclasses.replace(settings, page_time_budget=1.0)))
    other.sign_in("erin@client.example", PASSWORD)
    portal_client.sandbox.fault(
        "delay", method="GET", path=f"/books/v3/estimates/{estimate}", seconds=0.4, times=2
    )
    before = portal_client.reads()
    with ThreadPoolExecutor(2) as threads:
        list(
            threads.map(lambda browser: browser.get(f"/estimates/{estimate}"), (portal_client.browser, other))
        )
    number = portal_client.documents["estimates"][estimate]["estimate_number"]
    assert number in portal_client.browser.text and number in other.text
    assert portal_client.reads() == before + 1


def test_what_zoho_said_later_than_the_list_is_not_asked_for_again(portal_client: PortalClient) -> None:
    """The sync has not seen the newest change yet; a reader has."""
    estimate = portal_client.pick(
        "estimates", lambda one: one["customer_id"] == portal_client.customer_id and one["status"] == "sent"
    )
    body = portal_client.documents["estimates"][estimate]
    old = IndexedRow(
        kind="estimates",
        id=estimate,
        customer_id=body["customer_id"],
        version="2020-01-01T00:00:00+00:00",
        status="sent",
        sort={},
        body={},
        as_of=FAR_FUTURE,
    )
    portal_client.services.mirror.put_page(portal_client.org, [old])
    before = portal_client.reads()
    for _ in range(3):
        portal_client.browser.get(f"/estimates/{estimate}")
    assert portal_client.reads() == before + 1


@pytest.mark.parametrize(
    ("limit", "document_age", "list_age", "enqueues"),
    [
        (15, 60, 60, True),
        (15, 60, 1, False),
        (15, 1, 60, False),
        (15, 60, None, True),
        (90, 60, 60, False),
        (5, 9, 9, True),
    ],
)
def test_a_document_of_which_nothing_was_heard_for_long_is_read_again_behind_the_page(
    portal_client: PortalClient,
    settings: Settings,
    limit: int,
    document_age: int,
    list_age: int | None,
    enqueues: bool,
) -> None:
    Seeding(portal_client.services).settings(portal_client.org, fresh_minutes=limit)
    estimate = portal_client.pick(
        "estimates", lambda one: one["customer_id"] == portal_client.customer_id and one["status"] == "sent"
    )
    portal_client.browser.get(f"/estimates/{estimate}")
    kept = portal_client.services.documents.get(
        CustomerScope(portal_client.org, portal_client.customer_id), "estimates", estimate, None
    )
    assert kept is not None
    now = dt.datetime.now(dt.UTC)
    portal_client.services.documents.put(
        portal_client.org,
        "estimates",
        estimate,
        kept.version,
        kept.body,
        now - dt.timedelta(minutes=document_age),
    )
    if list_age is not None:
        portal_client.services.sync_states.update(
            portal_client.org, "estimates", last_success=now - dt.timedelta(minutes=list_age)
        )
    before = portal_client.reads()
    portal_client.browser.get(f"/estimates/{estimate}")
    waiting = Queue("pull", connection=open_queue_redis(settings), serializer=JSONSerializer).jobs
    assert ([portal_client.org, "estimates", estimate] in [list(job.args) for job in waiting]) is enqueues
    assert portal_client.reads() == before, "the page itself waits for nothing"
