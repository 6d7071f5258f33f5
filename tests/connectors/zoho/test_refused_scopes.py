"""A scope that Zoho refuses in spite of the grant is marked, and Billing's refusals end Billing's features,
never the connection.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import responses

from cache.records.connections.connection import BillingUse, ConnectionState
from cache.records.connections.connections import Connections
from cache.records.connections.refused_scopes import RefusedScopes
from cache.stores import Stores
from connectors.zoho.api.errors import ZohoAccessLost, ZohoRefused, ZohoScopeMissing, ZohoUnavailable
from connectors.zoho.api.scopes import (
    BILLING_SUBSCRIPTIONS_READ,
    BOOKS_SCOPES,
    PAYMENTS_READ,
    scopes_to_request,
)
from connectors.zoho.clients import ZohoClients
from tests.servers.sandbox_server import SandboxServer

Connect = Callable[..., str]
PAYMENTS, SUBSCRIPTIONS = "/books/v3/customerpayments", "/billing/v1/subscriptions"


@pytest.fixture
def refused(stores: Stores) -> RefusedScopes:
    return RefusedScopes(stores.records)


@pytest.fixture
def with_billing(connect: Connect, connections: Connections) -> str:
    """An organisation that has Zoho Billing, with another id there than in Books."""
    org = connect(scopes=scopes_to_request(uses_billing=True))
    connections.save_billing(org, BillingUse.FOUND, billing_organization_id="77")
    return org


@pytest.fixture
def canned(with_billing: str) -> Iterator[responses.RequestsMock]:
    """Answers of Billing; everything else is the sandbox's."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as zoho:
        zoho.add_passthru("http://127.0.0.1")
        yield zoho


@pytest.fixture
def billing_says(canned: responses.RequestsMock, sandbox: SandboxServer) -> Callable[..., None]:
    """billing_says(status, body): Billing's answer to the list of subscriptions."""

    def says(status: int, **body: Any) -> None:
        address = f"{sandbox.origin('us')}{SUBSCRIPTIONS}"
        canned.remove(responses.GET, address)
        canned.get(address, body=json.dumps(body), status=status, content_type="application/json")

    return says


def test_facts_3_2_what_zoho_refuses_is_marked_with_its_words_and_a_yes_takes_the_mark_away(
    zoho: ZohoClients, connect: Connect, refused: RefusedScopes, sandbox: SandboxServer
) -> None:
    org = connect()
    sandbox.fault("status", path=PAYMENTS, status=401, code=57, message="Sie sind nicht berechtigt.", times=4)
    for _ in range(2):
        with pytest.raises(ZohoScopeMissing):
            zoho.books(org).customer_payments.list_page(1, 1)
    (scope, mark), *others = refused.of(org).items()
    assert (scope, mark.message, others) == (PAYMENTS_READ, "Sie sind nicht berechtigt.", [])
    zoho.books(org).invoices.list_page(1, 1)
    assert refused.of(org), "another feature's success proves nothing"
    zoho.books(org).customer_payments.list_page(1, 1)
    assert refused.of(org) == {}


def test_a_role_that_may_not_is_marked_too(
    zoho: ZohoClients, connect: Connect, refused: RefusedScopes, sandbox: SandboxServer
) -> None:
    org = connect()
    sandbox.fault("status", path=PAYMENTS, status=400, code=6018, message="Not your role.")
    with pytest.raises(ZohoScopeMissing):
        zoho.books(org).customer_payments.list_page(1, 1)
    assert refused.of(org).keys() == {PAYMENTS_READ}


def test_a_token_that_had_only_died_leaves_no_mark(
    zoho: ZohoClients, connect: Connect, refused: RefusedScopes, sandbox: SandboxServer
) -> None:
    org = connect()
    sandbox.fault("status", path=PAYMENTS, status=401, code=57)
    assert zoho.books(org).customer_payments.list_page(1, 1).rows
    assert refused.of(org) == {}


def test_other_troubles_leave_no_mark(
    zoho: ZohoClients, connect: Connect, refused: RefusedScopes, sandbox: SandboxServer
) -> None:
    org = connect()
    sandbox.fault("status", path=PAYMENTS, status=500, code=1000)
    with pytest.raises(ZohoUnavailable):
        zoho.books(org).customer_payments.list_page(1, 1)
    sandbox.fault("status", path=PAYMENTS, status=400, code=4)
    with pytest.raises(ZohoRefused):
        zoho.books(org).customer_payments.list_page(1, 1)
    assert refused.of(org) == {}


def test_a_scope_that_was_never_granted_is_no_refusal_of_zohos(
    zoho: ZohoClients, connect: Connect, refused: RefusedScopes
) -> None:
    org = connect(scopes=tuple(scope for scope in BOOKS_SCOPES if scope != PAYMENTS_READ))
    with pytest.raises(ZohoScopeMissing):
        zoho.books(org).customer_payments.list_page(1, 1)
    assert refused.of(org) == {}


@pytest.mark.parametrize(("status", "code"), [(401, 57), (401, 14), (400, 6041), (401, 6041), (400, 6018)])
def test_facts_10_21_a_merchant_who_lost_billing_keeps_books(
    zoho: ZohoClients,
    with_billing: str,
    billing_says: Callable[..., None],
    connections: Connections,
    refused: RefusedScopes,
    status: int,
    code: int,
) -> None:
    billing_says(status, code=code, message="This user is not associated with the company.")
    with pytest.raises(ZohoScopeMissing) as caught:
        zoho.billing(with_billing).subscriptions.list_page(1, 1)
    assert caught.value.scope == BILLING_SUBSCRIPTIONS_READ
    assert refused.of(with_billing).keys() == {BILLING_SUBSCRIPTIONS_READ}
    connection = connections.get(with_billing)
    assert connection is not None
    assert connection.state is ConnectionState.CONNECTED
    assert zoho.books(with_billing).estimates.list_page(1, 1).rows
    billing_says(200, code=0, message="success", subscriptions=[])
    zoho.billing(with_billing).subscriptions.list_page(1, 1)
    assert refused.of(with_billing) == {}


def test_the_same_word_from_books_ends_the_connection(
    zoho: ZohoClients, connect: Connect, connections: Connections, sandbox: SandboxServer
) -> None:
    org = connect()
    sandbox.fault("status", path=PAYMENTS, status=400, code=6041)
    with pytest.raises(ZohoAccessLost):
        zoho.books(org).customer_payments.list_page(1, 1)
    connection = connections.get(org)
    assert connection is not None
    assert connection.state is ConnectionState.RECONNECT_NEEDED


def test_facts_2_1_billing_is_told_its_own_organisation_in_a_header_and_nothing_in_the_address(
    zoho: ZohoClients, with_billing: str, billing_says: Callable[..., None], canned: responses.RequestsMock
) -> None:
    billing_says(200, code=0, message="success", subscriptions=[])
    zoho.billing(with_billing).subscriptions.list_page(1, 1)
    sent = canned.calls[-1].request
    assert sent.headers["X-com-zoho-subscriptions-organizationid"] == "77"
    assert "organization_id" not in str(sent.url)


def test_a_merchant_without_billing_costs_no_call(
    zoho: ZohoClients, connect: Connect, sandbox: SandboxServer
) -> None:
    org = connect()
    before = len(sandbox.calls())
    with pytest.raises(ZohoScopeMissing):
        zoho.billing(org)
    with pytest.raises(ZohoScopeMissing):
        zoho.billing_organizations(org)
    assert len(sandbox.calls()) == before


def test_disconnecting_forgets_the_marks(
    zoho: ZohoClients, connect: Connect, connections: Connections, refused: RefusedScopes
) -> None:
    org = connect()
    refused.note(org, PAYMENTS_READ, "no")
    zoho.disconnect(org)
    assert refused.of(org) == {}


def test_billing_is_noted_only_for_an_organisation_that_is_there(
    connections: Connections, stores: Stores, connect: Connect
) -> None:
    connections.save_billing("us-404", BillingUse.FOUND, billing_organization_id="1")
    assert connections.get("us-404") is None
    org = connect()
    before = connections.get(org)
    assert before is not None
    connections.save_billing(org, BillingUse.FOUND, billing_organization_id="1")
    assert connections.get(org) == dataclasses.replace(
        before, billing=BillingUse.FOUND, billing_organization_id="1"
    )
