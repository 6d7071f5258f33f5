"""Who consents in Zoho and leaves before choosing an organisation leaves no living grant behind."""

from __future__ import annotations

import dataclasses

import pytest
import requests
from flask import Flask

from cache.records.left_grants import LEFT_AFTER, left_grant_id
from cache.records.pending_grants import GRANT_LIFE
from cache.redis_connections import RedisConnections
from config.settings import Settings
from connectors.zoho.oauth import Grant
from gateway.app import create_app
from gateway.signing_in.oauth_flow import kept_grant
from gateway.wiring import EXTENSION, Wiring
from servers.sandbox_server import SandboxServer
from tests.gateway.merchant_browser import MerchantBrowser
from workers.clock import ring_left_grants
from workers.job_setup import Resources
from workers.left_grants import end_left_grant

ANOTHER_KEY = "OTg3NjU0MzIxMDk4NzY1NDMyMTA5ODc2NTQzMjEwOTg="
"""A Fernet key that says what it is: the digits downwards."""


@pytest.fixture
def portal(settings: Settings, redis: RedisConnections, sandbox: SandboxServer) -> Flask:
    return create_app(settings)


@pytest.fixture
def merchant(portal: Flask) -> MerchantBrowser:
    """Ada has agreed in Zoho and is asked which organisation."""
    browser = MerchantBrowser(portal)
    browser.connect()
    return browser


def grant_of(portal: Flask, merchant: MerchantBrowser) -> Grant:
    wiring: Wiring = portal.extensions[EXTENSION]
    with portal.app_context():
        kept = kept_grant(wiring.sessions.get(merchant.cookie()))  # type: ignore[arg-type]
    assert kept is not None
    return kept.grant


def is_alive(desk: Resources, grant: Grant) -> bool:
    """Whether Zoho still gives access tokens for it."""
    centre = desk.settings.data_centres[grant.dc]
    form = {"grant_type": "refresh_token", "refresh_token": grant.refresh_token}
    credentials = {"client_id": centre.client_id, "client_secret": centre.client_secret}
    answer = requests.post(
        f"{grant.accounts_server}/oauth/v2/token", data=form | credentials, timeout=30
    ).json()
    return "access_token" in answer


def time_comes(desk: Resources, grant: Grant) -> list[str]:
    """A quarter of an hour and a little more has passed. What the clock rings for."""
    desk.redis.records.zincrby("due:grants", -LEFT_AFTER, left_grant_id(grant.refresh_token))
    return desk.left_grants.claim_due(10)


def test_a_grant_nobody_chose_an_organisation_for_is_ended(
    portal: Flask, merchant: MerchantBrowser, desk: Resources
) -> None:
    grant = grant_of(portal, merchant)
    assert is_alive(desk, grant) and desk.left_grants.claim_due(10) == []
    for grant_id in time_comes(desk, grant):
        end_left_grant(grant_id, desk)
    assert not is_alive(desk, grant)
    assert desk.redis.records.keys("left_grant:*") == [] and desk.redis.records.zcard("due:grants") == 0


def test_it_is_looked_at_only_after_the_choice_has_run_out(
    portal: Flask, merchant: MerchantBrowser, desk: Resources
) -> None:
    assert LEFT_AFTER > GRANT_LIFE
    grant = grant_of(portal, merchant)
    desk.redis.records.zincrby("due:grants", -GRANT_LIFE, left_grant_id(grant.refresh_token))
    assert desk.left_grants.claim_due(10) == []


def test_a_grant_an_organisation_lives_on_is_left_alone(
    portal: Flask, merchant: MerchantBrowser, desk: Resources
) -> None:
    grant = grant_of(portal, merchant)
    org = merchant.choose("Harbour Light Studio")
    for grant_id in time_comes(desk, grant):
        end_left_grant(grant_id, desk)
    assert is_alive(desk, grant) and desk.connections.refresh_token(org) == grant.refresh_token
    assert desk.redis.records.zcard("due:grants") == 0


def test_the_clock_rings_a_worker_for_it(portal: Flask, merchant: MerchantBrowser, desk: Resources) -> None:
    grant = grant_of(portal, merchant)
    ring_left_grants(desk)
    assert desk.redis.records.lrange("rq:queue:pull", 0, -1) == []
    desk.redis.records.zincrby("due:grants", -LEFT_AFTER, left_grant_id(grant.refresh_token))
    ring_left_grants(desk)
    assert [one.split("-")[:2] for one in desk.redis.records.lrange("rq:queue:pull", 0, -1)] == [
        ["g", left_grant_id(grant.refresh_token)]
    ]


def test_what_zoho_does_not_confirm_is_tried_again(
    portal: Flask, merchant: MerchantBrowser, desk: Resources, sandbox: SandboxServer
) -> None:
    grant = grant_of(portal, merchant)
    sandbox.fault("status", times=9, method="POST", path="/oauth/v2/*", status=503)
    (grant_id,) = time_comes(desk, grant)
    end_left_grant(grant_id, desk)
    sandbox.clear_faults()
    assert is_alive(desk, grant) and desk.left_grants.get(grant_id) == (grant.dc, grant.refresh_token)
    assert desk.left_grants.claim_due(10) == [], "not at once"
    end_left_grant(grant_id, desk)
    assert not is_alive(desk, grant)


def test_a_copy_that_cannot_be_opened_is_kept_for_whoever_has_the_key(
    portal: Flask, merchant: MerchantBrowser, desk: Resources
) -> None:
    grant = grant_of(portal, merchant)
    (grant_id,) = time_comes(desk, grant)
    lost = dataclasses.replace(desk.settings, sealing_keys=(ANOTHER_KEY,))
    end_left_grant(
        grant_id, dataclasses.replace(desk, left_grants=create_app(lost).extensions[EXTENSION].left_grants)
    )
    assert desk.left_grants.get(grant_id) == (grant.dc, grant.refresh_token)


def test_the_token_stands_sealed(portal: Flask, merchant: MerchantBrowser, desk: Resources) -> None:
    token = grant_of(portal, merchant).refresh_token
    (key,) = desk.redis.records.keys("left_grant:*")
    assert token not in key and token not in str(desk.redis.records.get(key))


def test_a_grant_that_was_ended_at_once_needs_no_second_look(
    portal: Flask, desk: Resources, sandbox: SandboxServer
) -> None:
    sandbox.fault("status", times=9, method="GET", path="/books/v3/*", status=503)
    MerchantBrowser(portal).connect(status=502)
    assert desk.redis.records.keys("left_grant:*") == [] and desk.redis.records.zcard("due:grants") == 0
