"""One refresh and one budget for all: threads of several processes on one Redis, counted in the sandbox's own
log.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
import requests

from cache.records.connections.access_tokens import AccessTokens
from cache.sealing import Seal
from cache.stores import Stores
from config.settings import Settings
from tests.servers.sandbox_server import SandboxServer
from tests.servers.zoho_callers import all_at_once, ask_for_a_token, read_a_list

Connect = Callable[..., str]
PER_MINUTE, AT_ONCE = 100, 5
"""Zoho's documented limit, and what the free plan allows at once (zoho.md 3.1)."""


@pytest.fixture
def org(connect: Connect, sandbox: SandboxServer) -> str:
    """A connected organisation whose sandbox holds it to Zoho's real limits."""
    connected = connect()
    limits = {
        "organization_id": connected.partition("-")[2],
        "calls_per_minute": PER_MINUTE,
        "calls_at_once": AT_ONCE,
    }
    requests.post(f"{sandbox.origin('us')}/_sandbox/settings", json=limits, timeout=10).raise_for_status()
    return connected


def refreshes(sandbox: SandboxServer) -> int:
    return sum(call["path"] == "/oauth/v2/token" for call in sandbox.calls()) - 1  # the first is the exchange


def lists_read(sandbox: SandboxServer) -> list[dict[str, Any]]:
    return [call for call in sandbox.calls() if call["path"] == "/books/v3/estimates"]


def test_facts_1_3_a_hundred_callers_of_four_processes_with_an_expired_token_cause_exactly_one_refresh(
    settings: Settings, stores: Stores, org: str, sandbox: SandboxServer
) -> None:
    AccessTokens(stores.records, Seal(settings.sealing_keys)).put(org, "1000.expired", 1)
    said = all_at_once(settings, org, processes=4, threads=25, each=1, act=ask_for_a_token)
    assert sum(said.values()) == 100
    assert len(said) == 1
    assert "1000.expired" not in said
    assert refreshes(sandbox) == 1


def test_a_hundred_calls_of_four_processes_with_a_token_that_zoho_has_ended_cause_exactly_one_refresh(
    settings: Settings, stores: Stores, org: str, sandbox: SandboxServer
) -> None:
    """Ours still believes in it: Zoho is the first to say no, to many at once."""
    AccessTokens(stores.records, Seal(settings.sealing_keys)).put(org, "1000.ended-by-zoho", 3600)
    generous = dataclasses.replace(settings, zoho_calls_per_minute=1000, zoho_calls_at_once=100)
    limits = {"organization_id": org.partition("-")[2], "calls_per_minute": 1000, "calls_at_once": 1000}
    requests.post(f"{sandbox.origin('us')}/_sandbox/settings", json=limits, timeout=10).raise_for_status()
    said = all_at_once(generous, org, processes=4, threads=25, each=1, act=read_a_list)
    assert said == {"answered": 100}
    assert [call for call in lists_read(sandbox) if call["status"] == 401], (
        "nobody was refused: the test proves nothing"
    )
    assert refreshes(sandbox) == 1


def test_facts_3_1_two_hundred_calls_of_four_processes_on_a_budget_of_a_hundred_a_minute_cause_no_429(
    settings: Settings, org: str, sandbox: SandboxServer
) -> None:
    said = all_at_once(settings, org, processes=4, threads=25, each=2, act=read_a_list)
    seen = lists_read(sandbox)
    assert [call for call in seen if call["status"] == 429] == []
    assert sum(said.values()) == 200
    assert said["answered"] == len(seen)
    assert 20 <= len(seen) <= settings.zoho_calls_per_minute
    assert set(said) == {"answered", "held back"}


def test_without_a_budget_of_ours_the_same_calls_do_cause_429(
    settings: Settings, org: str, sandbox: SandboxServer
) -> None:
    """So the sandbox does hold the organisation to its limits, and the test above can fail."""
    unbridled = dataclasses.replace(settings, zoho_calls_per_minute=10_000, zoho_calls_at_once=1000)
    said = all_at_once(unbridled, org, processes=4, threads=25, each=2, act=read_a_list)
    assert [call for call in lists_read(sandbox) if call["status"] == 429]
    assert said["429"] > 0
