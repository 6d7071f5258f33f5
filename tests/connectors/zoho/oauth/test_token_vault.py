"""One refresh for all, against the sandbox's own accounts server."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from cache.records.connections.access_tokens import AccessTokens
from cache.records.connections.connection import ConnectionState
from cache.records.connections.connections import Connections
from cache.sealing import Seal
from cache.stores import Stores
from config.settings import Settings
from connectors.zoho.api.errors import ZohoAccessLost, ZohoBusy
from connectors.zoho.clients import ZohoClients
from connectors.zoho.oauth.accounts_server import AccountsServer
from connectors.zoho.oauth.authorization_code import Grant, revoke
from tests.servers.sandbox_server import SandboxServer

Connect = Callable[..., str]
Consent = Callable[..., Grant]


def refreshes(sandbox: SandboxServer) -> int:
    return (
        sum(1 for call in sandbox.calls() if call["path"] == "/oauth/v2/token") - 1
    )  # the first is the exchange


def test_a_hundred_callers_with_an_expired_token_cause_exactly_one_refresh(
    zoho: ZohoClients, connect: Connect, sandbox: SandboxServer
) -> None:
    org = connect()
    with ThreadPoolExecutor(100) as pool:
        tokens = set(pool.map(lambda _: zoho.vault.access_token(org), range(100)))
    assert len(tokens) == 1
    assert refreshes(sandbox) == 1


def test_a_hundred_callers_whose_token_was_refused_cause_exactly_one_refresh(
    zoho: ZohoClients, connect: Connect, sandbox: SandboxServer
) -> None:
    org = connect()
    dead = zoho.vault.access_token(org)
    with ThreadPoolExecutor(100) as pool:
        tokens = set(pool.map(lambda _: zoho.vault.renew(org, dead), range(100)))
    assert len(tokens) == 1
    assert dead not in tokens
    assert refreshes(sandbox) == 2


def test_a_token_with_less_than_a_minute_to_live_is_renewed(
    settings: Settings, stores: Stores, zoho: ZohoClients, connect: Connect
) -> None:
    org = connect()
    AccessTokens(stores.records, Seal(settings.sealing_keys)).put(org, "short", 59)
    assert zoho.vault.access_token(org) != "short"
    AccessTokens(stores.records, Seal(settings.sealing_keys)).put(org, "long enough", 70)
    assert zoho.vault.access_token(org) == "long enough"


def test_facts_1_4_invalid_code_means_the_merchant_must_connect_again(
    settings: Settings, zoho: ZohoClients, connect: Connect, connections: Connections, sandbox: SandboxServer
) -> None:
    org = connect()
    assert revoke(settings, "us", connections.refresh_token(org))
    with pytest.raises(ZohoAccessLost):
        zoho.vault.access_token(org)
    connection = connections.get(org)
    assert connection is not None
    assert connection.state is ConnectionState.RECONNECT_NEEDED
    before = refreshes(sandbox)
    with pytest.raises(ZohoAccessLost):
        zoho.vault.access_token(org)
    assert refreshes(sandbox) == before, "a dead connection must not be tried again and again"


def test_facts_1_4_a_throttle_means_wait_and_is_not_a_lost_connection(
    settings: Settings,
    stores: Stores,
    zoho: ZohoClients,
    connect: Connect,
    connections: Connections,
    sandbox: SandboxServer,
) -> None:
    org = connect()
    server = AccountsServer(settings.data_centres["us"], connect_timeout=3, read_timeout=10)
    for _ in range(10):
        server.refresh(
            connections.refresh_token(org)
        )  # another program of the merchant's uses up Zoho's allowance
    with pytest.raises(ZohoBusy) as caught:
        zoho.vault.access_token(org)
    assert (caught.value.scope, caught.value.retry_after) == ("tokens", 600)
    connection = connections.get(org)
    assert connection is not None
    assert connection.state is ConnectionState.CONNECTED


def test_facts_1_3_we_stop_before_the_tenth_token_in_ten_minutes(
    settings: Settings, stores: Stores, zoho: ZohoClients, connect: Connect, sandbox: SandboxServer
) -> None:
    org, tokens = connect(), AccessTokens(stores.records, Seal(settings.sealing_keys))
    with pytest.raises(ZohoBusy) as caught:
        for _ in range(12):
            tokens.drop(org, if_value=zoho.vault.access_token(org))
    assert 0 < caught.value.retry_after <= 600
    assert refreshes(sandbox) == 9


def test_while_zoho_gives_no_new_token_the_old_one_is_used_to_its_end(
    settings: Settings, stores: Stores, zoho: ZohoClients, connect: Connect, sandbox: SandboxServer
) -> None:
    org = connect()
    AccessTokens(stores.records, Seal(settings.sealing_keys)).put(org, "nearly over", 30)
    sandbox.fault("html", path="/oauth/v2/token", status=502)
    assert zoho.vault.access_token(org) == "nearly over"
    assert zoho.vault.access_token(org) != "nearly over"


def test_a_forced_refresh_beyond_the_allowance_leaves_the_token_where_it_is(
    zoho: ZohoClients, connect: Connect
) -> None:
    org = connect()
    token = zoho.vault.access_token(org)
    for _ in range(12):
        token, before = zoho.vault.renew(org, token), token
    assert token == before
    assert zoho.vault.access_token(org) == token


def test_the_token_of_a_new_grant_takes_the_place_of_an_older_one(
    zoho: ZohoClients, connect: Connect, consent: Consent
) -> None:
    org, grant = connect(), consent("Ada Okafor")
    zoho.vault.accept(org, grant)
    assert zoho.vault.access_token(org) == grant.access_token
