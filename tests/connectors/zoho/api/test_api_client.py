"""The line to Zoho, against the sandbox over real HTTP."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
import requests
import structlog

from cache.records.connections.call_budget import CallBudget, CallClass
from cache.records.connections.connection import ConnectionState
from cache.records.connections.connections import Connections
from cache.store_services import build_store_services
from cache.stores import Stores
from config.settings import Settings
from connectors.zoho.api.errors import (
    ZohoAccessLost,
    ZohoBusy,
    ZohoNotFound,
    ZohoRefused,
    ZohoScopeMissing,
    ZohoUnavailable,
)
from connectors.zoho.api.operation import NotAZohoId
from connectors.zoho.api.scopes import BOOKS_SCOPES
from connectors.zoho.clients import ZohoClients
from tests.servers.sandbox_server import SandboxServer

Connect = Callable[..., str]
ESTIMATES = "/books/v3/estimates"


def books_calls(sandbox: SandboxServer) -> list[dict[str, Any]]:
    return [call for call in sandbox.calls() if call["path"].startswith("/books/")]


def an_estimate(sandbox: SandboxServer, org: str, status: str = "sent") -> str:
    truth = sandbox.state(organization_id=org.partition("-")[2])[org.partition("-")[2]]["estimates"]
    return next(id for id, estimate in truth.items() if estimate["status"] == status)


def test_facts_2_1_every_books_call_names_the_organisation(
    zoho: ZohoClients, connect: Connect, sandbox: SandboxServer
) -> None:
    org = connect()
    zoho.books(org).estimates.list_page(1, 5)
    assert books_calls(sandbox)[-1]["organization_id"] == org.partition("-")[2]


def test_facts_3_2_a_dead_token_mid_flight_is_replaced_once_and_the_call_goes_on(
    zoho: ZohoClients, connect: Connect, sandbox: SandboxServer
) -> None:
    books = zoho.books(connect())
    books.estimates.list_page(1, 1)
    sandbox.fault("expire_token", path=ESTIMATES)
    assert books.estimates.list_page(1, 1).rows


def test_a_write_goes_out_again_after_a_refused_token_since_nothing_had_happened(
    zoho: ZohoClients, connect: Connect, sandbox: SandboxServer
) -> None:
    org = connect()
    books, estimate = zoho.books(org), an_estimate(sandbox, org)
    sandbox.fault("expire_token", path=f"{ESTIMATES}/*/status/accepted")
    books.estimates.mark_accepted(estimate)
    assert books.estimates.get(estimate).value.status in ("accepted", "invoiced")


def test_facts_3_2_57_after_a_fresh_token_switches_off_one_feature_and_not_the_connection(
    zoho: ZohoClients, connect: Connect, connections: Connections, sandbox: SandboxServer
) -> None:
    org = connect()
    sandbox.fault("status", path=ESTIMATES, status=401, code=57, times=2)
    with pytest.raises(ZohoScopeMissing):
        zoho.books(org).estimates.list_page(1, 1)
    connection = connections.get(org)
    assert connection is not None
    assert connection.state is ConnectionState.CONNECTED
    assert zoho.books(org).invoices.list_page(1, 1).rows


def test_a_module_that_is_never_allowed_does_not_use_up_the_tokens_of_the_others(
    zoho: ZohoClients, connect: Connect, sandbox: SandboxServer
) -> None:
    org = connect()
    sandbox.fault("status", path=ESTIMATES, status=401, code=57, times=100)
    for _ in range(12):
        with pytest.raises(ZohoScopeMissing):
            zoho.books(org).estimates.list_page(1, 1)
        assert zoho.books(org).invoices.list_page(1, 1).rows


def test_facts_3_2_14_after_a_fresh_token_means_connect_again(
    zoho: ZohoClients, connect: Connect, connections: Connections, sandbox: SandboxServer
) -> None:
    org = connect()
    sandbox.fault("status", path=ESTIMATES, status=401, code=14, times=2)
    with pytest.raises(ZohoAccessLost):
        zoho.books(org).estimates.list_page(1, 1)
    connection = connections.get(org)
    assert connection is not None
    assert connection.state is ConnectionState.RECONNECT_NEEDED


def test_a_scope_that_was_not_granted_costs_no_call(
    zoho: ZohoClients, connect: Connect, sandbox: SandboxServer
) -> None:
    org = connect(scopes=tuple(scope for scope in BOOKS_SCOPES if "customerpayments" not in scope))
    before = len(books_calls(sandbox))
    with pytest.raises(ZohoScopeMissing) as caught:
        zoho.books(org).customer_payments.list_page(1, 1)
    assert caught.value.scope == "ZohoBooks.customerpayments.READ"
    assert len(books_calls(sandbox)) == before


def test_a_read_whose_connection_broke_is_asked_once_more(
    zoho: ZohoClients, connect: Connect, sandbox: SandboxServer
) -> None:
    books = zoho.books(connect())
    sandbox.fault("cut_before", path=ESTIMATES)
    assert books.estimates.list_page(1, 1).rows
    sandbox.fault("cut_before", path=ESTIMATES, times=2)
    with pytest.raises(ZohoUnavailable):
        books.estimates.list_page(1, 1)


@pytest.mark.parametrize(("fault", "happened"), [("cut_before", False), ("cut_after", True)])
def test_facts_3_3_a_write_whose_answer_was_lost_is_not_repeated_and_its_outcome_is_unknown(
    zoho: ZohoClients, connect: Connect, sandbox: SandboxServer, fault: str, happened: bool
) -> None:
    org = connect()
    books, estimate = zoho.books(org), an_estimate(sandbox, org)
    sandbox.fault(fault, method="POST", path=f"{ESTIMATES}/*/status/accepted")
    with pytest.raises(ZohoUnavailable) as caught:
        books.estimates.mark_accepted(estimate)
    assert caught.value.outcome_unknown
    assert len([call for call in books_calls(sandbox) if call["method"] == "POST"]) == 1
    assert (books.estimates.get(estimate).value.status != "sent") is happened


def test_a_slow_answer_is_try_later_and_a_read_is_not_asked_twice(
    settings: Settings, stores: Stores, connect: Connect, sandbox: SandboxServer
) -> None:
    books = ZohoClients(
        build_store_services(dataclasses.replace(settings, zoho_read_timeout=0.5), stores)
    ).books(connect())
    sandbox.fault("delay", path=ESTIMATES, seconds=1.5)
    with pytest.raises(ZohoUnavailable, match="in time"):
        books.estimates.list_page(1, 1)


@pytest.mark.parametrize(
    "how",
    [
        {"do": "html", "status": 200},
        {"do": "html", "status": 502},
        {"do": "status", "status": 500, "code": 1000},
    ],
)
def test_facts_2_2_pages_and_server_errors_are_survived(
    zoho: ZohoClients, connect: Connect, sandbox: SandboxServer, how: dict[str, Any]
) -> None:
    books = zoho.books(connect())
    sandbox.fault(path=ESTIMATES, **how)
    with pytest.raises(ZohoUnavailable):
        books.estimates.list_page(1, 1)
    assert books.estimates.list_page(1, 1).rows


def test_facts_3_2_after_44_every_process_of_the_organisation_waits(
    settings: Settings, stores: Stores, zoho: ZohoClients, connect: Connect, sandbox: SandboxServer
) -> None:
    org = connect()
    sandbox.fault("status", path=ESTIMATES, status=429, code=44)
    with pytest.raises(ZohoBusy) as first:
        zoho.books(org).estimates.list_page(1, 1)
    assert first.value.retry_after >= 60
    before = len(books_calls(sandbox))
    with pytest.raises(ZohoBusy):
        ZohoClients(build_store_services(settings, stores)).books(org, CallClass.PERSON).invoices.list_page(
            1, 1
        )
    assert len(books_calls(sandbox)) == before


def test_facts_3_2_after_45_background_work_waits_for_the_next_day(
    zoho: ZohoClients, connect: Connect, sandbox: SandboxServer
) -> None:
    org = connect()
    limit = {"organization_id": org.partition("-")[2], "calls_per_day": 1}
    requests.post(f"{sandbox.origin('us')}/_sandbox/settings", json=limit, timeout=10).raise_for_status()
    with pytest.raises(ZohoBusy) as caught:
        for _ in range(2):
            zoho.books(org, CallClass.PERSON).estimates.list_page(1, 1)
    assert caught.value.scope == "day"
    assert 0 < caught.value.retry_after <= 24 * 3600
    before = len(books_calls(sandbox))
    with pytest.raises(ZohoBusy):
        zoho.books(org, CallClass.SYNC).invoices.list_page(1, 1)
    assert len(books_calls(sandbox)) == before


def test_facts_3_1_the_day_is_read_from_zohos_headers(
    settings: Settings, stores: Stores, zoho: ZohoClients, connect: Connect
) -> None:
    org = connect()
    budget = CallBudget(stores.records, per_minute=95, at_once=4)
    assert budget.day(org).limit is None
    zoho.books(org).estimates.list_page(1, 1)
    figures = budget.day(org)
    assert figures.limit is not None
    assert figures.remaining is not None
    assert 0 < figures.remaining < figures.limit


def test_facts_9_6_accepting_twice_is_refused(
    zoho: ZohoClients, connect: Connect, sandbox: SandboxServer
) -> None:
    org = connect()
    books, estimate = zoho.books(org), an_estimate(sandbox, org)
    books.estimates.mark_accepted(estimate)
    with pytest.raises(ZohoRefused):
        books.estimates.mark_accepted(estimate)


def test_an_unknown_id_is_not_found(zoho: ZohoClients, connect: Connect) -> None:
    with pytest.raises(ZohoNotFound):
        zoho.books(connect()).estimates.get("999999999")


def test_facts_9_18_an_empty_id_opens_no_connection(
    zoho: ZohoClients, connect: Connect, sandbox: SandboxServer
) -> None:
    books = zoho.books(connect())
    before = len(sandbox.calls())
    with pytest.raises(NotAZohoId):
        books.estimates.mark_accepted("")
    assert len(sandbox.calls()) == before


def test_an_organisation_that_is_not_connected_costs_no_call(
    zoho: ZohoClients, sandbox: SandboxServer
) -> None:
    with pytest.raises(ZohoAccessLost):
        zoho.books("us-600999")
    assert sandbox.calls() == []


def test_the_log_line_of_a_call_holds_no_token_and_no_body(
    zoho: ZohoClients, connect: Connect, sandbox: SandboxServer
) -> None:
    org = connect()
    estimate = an_estimate(sandbox, org)
    with structlog.testing.capture_logs() as lines:
        zoho.books(org).estimates.add_comment(estimate, "a private word")
    assert [line["event"] for line in lines if line["event"] == "zoho_call"] == ["zoho_call"]
    assert "private" not in str(lines)
    assert zoho.vault.access_token(org) not in str(lines)
    line = next(line for line in lines if line["event"] == "zoho_call")
    assert (line["org"], line["request"], line["status"]) == (
        org,
        f"POST /estimates/{estimate}/comments",
        200,
    )
