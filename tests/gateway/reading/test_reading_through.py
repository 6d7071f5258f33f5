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

from cache.copies.mirror_row import IndexedRow
from cache.records.connection import ConnectionState
from cache.redis_connections import RedisConnections, open_queue_redis
from cache.scope import CustomerScope
from config.settings import Settings
from gateway.app import create_app
from gateway.wiring import EXTENSION, Wiring
from servers.sandbox_server import SandboxServer
from servers.worker_process import connect_merchant
from tests.gateway.browser import Browser
from tests.gateway.seeding import PASSWORD, Seeding

FAR_FUTURE = dt.datetime(2031, 1, 1, tzinfo=dt.UTC)


@dataclass
class House:
    """A portal whose merchant is connected to the sandbox and whose copies are empty, and a client of one
    customer.
    """

    wiring: Wiring
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
def house(settings: Settings, redis: RedisConnections, sandbox: SandboxServer) -> House:
    settings = dataclasses.replace(settings, page_time_budget=1.0)
    app: Flask = create_app(settings)
    wiring: Wiring = app.extensions[EXTENSION]
    org = connect_merchant(settings, redis)
    documents = sandbox.state()[org.partition("-")[2]]
    mine = next(one["customer_id"] for one in documents["estimates"].values() if one["status"] == "sent")
    Seeding(wiring).client(mine, "46000000002001", email="erin@client.example", name="Erin Solberg", org=org)
    browser = Browser(app)
    browser.sign_in("erin@client.example", PASSWORD)
    return House(wiring, browser, sandbox, org, mine, documents)


def test_a_document_never_read_is_fetched_once_and_costs_nothing_afterwards(house: House) -> None:
    estimate = house.pick(
        "estimates", lambda one: one["customer_id"] == house.customer_id and one["status"] == "sent"
    )
    before = house.reads()
    house.browser.get(f"/estimates/{estimate}")
    assert house.documents["estimates"][estimate]["estimate_number"] in house.browser.text
    assert house.reads() == before + 1
    house.browser.get(f"/estimates/{estimate}")
    house.browser.get(f"/estimates/{estimate}/accept")
    assert house.reads() == before + 1


@pytest.mark.parametrize("kind", ["estimates", "invoices", "payments"])
def test_what_zoho_has_for_another_customer_is_absent_even_before_the_first_sync(
    house: House, kind: str
) -> None:
    foreign = house.pick(
        kind, lambda one: one["customer_id"] != house.customer_id and one.get("status") not in ("draft",)
    )
    house.browser.get(f"/{kind}/{foreign}", status=404)
    house.browser.get(f"/{kind}/{foreign}", status=404)
    if kind != "payments":
        house.browser.get(f"/{kind}/{foreign}/pdf", status=404)
    owner = CustomerScope(house.org, house.documents[kind][foreign]["customer_id"])
    assert house.wiring.documents.get(owner, kind, foreign, None) is None


def test_an_unknown_id_is_no_page(house: House) -> None:
    house.browser.get("/estimates/999999999999", status=404)


def test_an_older_copy_is_shown_with_its_time_while_zoho_is_down(house: House) -> None:
    estimate = house.pick(
        "estimates", lambda one: one["customer_id"] == house.customer_id and one["status"] == "sent"
    )
    house.browser.get(f"/estimates/{estimate}")
    a_newer_row(house, estimate)
    house.sandbox.fault("html", status=502, times=50)
    house.browser.get(f"/estimates/{estimate}")
    assert "Zoho cannot be asked just now. Last known state from" in house.browser.text


def test_a_document_that_cannot_be_had_now_is_a_page_that_tries_again(house: House) -> None:
    estimate = house.pick(
        "estimates", lambda one: one["customer_id"] == house.customer_id and one["status"] == "sent"
    )
    house.sandbox.fault("delay", seconds=2.5, times=1)
    page = house.browser.get(f"/estimates/{estimate}", status=202)
    assert (
        page.find("meta", attrs={"name": "look-again"}) and house.browser.answer.headers["Retry-After"] == "3"
    )
    assert "Being fetched" in house.browser.text


def test_after_a_run_of_failures_zoho_is_left_alone_for_a_while(house: House) -> None:
    ids = [id for id, one in house.documents["invoices"].items() if one["customer_id"] == house.customer_id]
    house.sandbox.fault("status", status=503, times=100)
    for id in (ids * 6)[:6]:
        house.browser.get(f"/invoices/{id}", status=202)
    before = house.reads()
    house.browser.get(f"/invoices/{ids[0]}", status=202)
    assert house.reads() == before


def test_a_pdf_comes_under_our_own_name_and_is_kept(house: House) -> None:
    invoice = house.pick(
        "invoices", lambda one: one["customer_id"] == house.customer_id and one["status"] not in ("draft",)
    )
    house.browser.get(f"/invoices/{invoice}/pdf")
    answer = house.browser.answer
    assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF-")
    number = house.documents["invoices"][invoice]["invoice_number"]
    assert answer.headers["Content-Disposition"] == f"attachment; filename=Invoice-{number}.pdf"
    before = house.reads()
    house.browser.get(f"/invoices/{invoice}/pdf")
    assert house.reads() == before


def test_a_lost_connection_asks_zoho_for_nothing(house: House) -> None:
    from_copies = house.pick(
        "estimates", lambda one: one["customer_id"] == house.customer_id and one["status"] == "sent"
    )
    house.browser.get(f"/estimates/{from_copies}")
    house.wiring.connections.mark(house.org, ConnectionState.RECONNECT_NEEDED)
    before = house.reads()
    a_newer_row(house, from_copies)
    house.browser.get(f"/estimates/{from_copies}")
    assert "Last known state" in house.browser.text and house.reads() == before


def a_newer_row(house: House, estimate: str) -> None:
    """The sync saw that the estimate changed; its document has not been read since."""
    body = house.documents["estimates"][estimate]
    row = IndexedRow(
        kind="estimates",
        id=estimate,
        customer_id=body["customer_id"],
        version=FAR_FUTURE.isoformat(),
        status="sent",
        sort={},
        body={},
        said_at=FAR_FUTURE,
    )
    house.wiring.mirror.put_page(house.org, [row])


def test_two_processes_ask_once_for_a_document_nobody_has_read(house: House, settings: Settings) -> None:
    """Each portal has its own threads; what keeps them from asking twice is shared."""
    estimate = house.pick(
        "estimates", lambda one: one["customer_id"] == house.customer_id and one["status"] == "sent"
    )
    other = Browser(create_app(dataclasses.replace(settings, page_time_budget=1.0)))
    other.sign_in("erin@client.example", PASSWORD)
    house.sandbox.fault("delay", method="GET", path=f"/books/v3/estimates/{estimate}", seconds=0.4, times=2)
    before = house.reads()
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda browser: browser.get(f"/estimates/{estimate}"), (house.browser, other)))
    number = house.documents["estimates"][estimate]["estimate_number"]
    assert number in house.browser.text and number in other.text
    assert house.reads() == before + 1


def test_what_zoho_said_later_than_the_list_is_not_asked_for_again(house: House) -> None:
    """The sync has not seen the newest change yet; a reader has."""
    estimate = house.pick(
        "estimates", lambda one: one["customer_id"] == house.customer_id and one["status"] == "sent"
    )
    body = house.documents["estimates"][estimate]
    old = IndexedRow(
        kind="estimates",
        id=estimate,
        customer_id=body["customer_id"],
        version="2020-01-01T00:00:00+00:00",
        status="sent",
        sort={},
        body={},
        said_at=FAR_FUTURE,
    )
    house.wiring.mirror.put_page(house.org, [old])
    before = house.reads()
    for _ in range(3):
        house.browser.get(f"/estimates/{estimate}")
    assert house.reads() == before + 1


@pytest.mark.parametrize(
    ("limit", "document_age", "list_age", "rings"),
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
    house: House, settings: Settings, limit: int, document_age: int, list_age: int | None, rings: bool
) -> None:
    Seeding(house.wiring).settings(house.org, fresh_minutes=limit)
    estimate = house.pick(
        "estimates", lambda one: one["customer_id"] == house.customer_id and one["status"] == "sent"
    )
    house.browser.get(f"/estimates/{estimate}")
    kept = house.wiring.documents.get(
        CustomerScope(house.org, house.customer_id), "estimates", estimate, None
    )
    assert kept is not None
    now = dt.datetime.now(dt.UTC)
    house.wiring.documents.put(
        house.org, "estimates", estimate, kept.version, kept.body, now - dt.timedelta(minutes=document_age)
    )
    if list_age is not None:
        house.wiring.sync_states.update(
            house.org, "estimates", last_success=now - dt.timedelta(minutes=list_age)
        )
    before = house.reads()
    house.browser.get(f"/estimates/{estimate}")
    waiting = Queue("pull", connection=open_queue_redis(settings), serializer=JSONSerializer).jobs
    assert ([house.org, "estimates", estimate] in [list(job.args) for job in waiting]) is rings
    assert house.reads() == before, "the page itself waits for nothing"
