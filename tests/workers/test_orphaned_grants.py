"""Who consents in Zoho and leaves before choosing an organisation leaves no living grant behind."""

from __future__ import annotations

import dataclasses

import pytest
import requests
from flask import Flask

from cache.records.connections.orphaned_grants import ORPHANED_AFTER, orphaned_grant_id
from cache.records.connections.pending_grants import GRANT_LIFE
from cache.stores import Stores
from config.settings import Settings
from connectors.zoho.oauth.authorization_code import Grant
from gateway.app import create_app
from gateway.merchant.connecting.oauth_flow import stored_grant
from gateway.web.services import EXTENSION
from tests.gateway.merchant_browser import MerchantBrowser
from tests.servers.sandbox_server import SandboxServer
from workers.clock import enqueue_orphaned_grants
from workers.pull.orphaned_grants import end_orphaned_grant
from workers.services import Services

ANOTHER_KEY = "OTg3NjU0MzIxMDk4NzY1NDMyMTA5ODc2NTQzMjEwOTg="
"""A Fernet key that says what it is: the digits downwards."""


@pytest.fixture
def portal(settings: Settings, stores: Stores, sandbox: SandboxServer) -> Flask:
    return create_app(settings)


@pytest.fixture
def merchant(portal: Flask) -> MerchantBrowser:
    """Ada has agreed in Zoho and is asked which organisation."""
    browser = MerchantBrowser(portal)
    browser.connect()
    return browser


def grant_of(portal: Flask, merchant: MerchantBrowser) -> Grant:
    services: Services = portal.extensions[EXTENSION]
    with portal.app_context():
        kept = stored_grant(services.sessions.get(merchant.cookie()))  # type: ignore[arg-type]
    assert kept is not None
    return kept.grant


def is_alive(services: Services, grant: Grant) -> bool:
    """Whether Zoho still gives access tokens for it."""
    centre = services.settings.data_centres[grant.dc]
    form = {"grant_type": "refresh_token", "refresh_token": grant.refresh_token}
    credentials = {"client_id": centre.client_id, "client_secret": centre.client_secret}
    answer = requests.post(
        f"{grant.accounts_server}/oauth/v2/token", data=form | credentials, timeout=30
    ).json()
    return "access_token" in answer


def time_comes(services: Services, grant: Grant) -> list[str]:
    """A quarter of an hour and a little more has passed. What the clock rings for."""
    services.stores.records.zincrby("due:grants", -ORPHANED_AFTER, orphaned_grant_id(grant.refresh_token))
    return services.orphaned_grants.claim_due(10)


def test_a_grant_nobody_chose_an_organisation_for_is_ended(
    portal: Flask, merchant: MerchantBrowser, services: Services
) -> None:
    grant = grant_of(portal, merchant)
    assert is_alive(services, grant) and services.orphaned_grants.claim_due(10) == []
    for grant_id in time_comes(services, grant):
        end_orphaned_grant(grant_id, services)
    assert not is_alive(services, grant)
    assert (
        services.stores.records.keys("left_grant:*") == []
        and services.stores.records.zcard("due:grants") == 0
    )


def test_it_is_looked_at_only_after_the_choice_has_run_out(
    portal: Flask, merchant: MerchantBrowser, services: Services
) -> None:
    assert ORPHANED_AFTER > GRANT_LIFE
    grant = grant_of(portal, merchant)
    services.stores.records.zincrby("due:grants", -GRANT_LIFE, orphaned_grant_id(grant.refresh_token))
    assert services.orphaned_grants.claim_due(10) == []


def test_a_grant_an_organisation_lives_on_is_left_alone(
    portal: Flask, merchant: MerchantBrowser, services: Services
) -> None:
    grant = grant_of(portal, merchant)
    org = merchant.choose("Harbour Light Studio")
    for grant_id in time_comes(services, grant):
        end_orphaned_grant(grant_id, services)
    assert is_alive(services, grant) and services.connections.refresh_token(org) == grant.refresh_token
    assert services.stores.records.zcard("due:grants") == 0


def test_the_clock_rings_a_worker_for_it(
    portal: Flask, merchant: MerchantBrowser, services: Services
) -> None:
    grant = grant_of(portal, merchant)
    enqueue_orphaned_grants(services)
    assert services.stores.records.lrange("rq:queue:pull", 0, -1) == []
    services.stores.records.zincrby("due:grants", -ORPHANED_AFTER, orphaned_grant_id(grant.refresh_token))
    enqueue_orphaned_grants(services)
    assert [record.split("-")[:2] for record in services.stores.records.lrange("rq:queue:pull", 0, -1)] == [
        ["g", orphaned_grant_id(grant.refresh_token)]
    ]


def test_what_zoho_does_not_confirm_is_tried_again(
    portal: Flask, merchant: MerchantBrowser, services: Services, sandbox: SandboxServer
) -> None:
    grant = grant_of(portal, merchant)
    sandbox.fault("status", times=9, method="POST", path="/oauth/v2/*", status=503)
    (grant_id,) = time_comes(services, grant)
    end_orphaned_grant(grant_id, services)
    sandbox.clear_faults()
    assert is_alive(services, grant) and services.orphaned_grants.get(grant_id) == (
        grant.dc,
        grant.refresh_token,
    )
    assert services.orphaned_grants.claim_due(10) == [], "not at once"
    end_orphaned_grant(grant_id, services)
    assert not is_alive(services, grant)


def test_a_copy_that_cannot_be_opened_is_kept_for_whoever_has_the_key(
    portal: Flask, merchant: MerchantBrowser, services: Services
) -> None:
    grant = grant_of(portal, merchant)
    (grant_id,) = time_comes(services, grant)
    lost = dataclasses.replace(services.settings, sealing_keys=(ANOTHER_KEY,))
    end_orphaned_grant(
        grant_id,
        dataclasses.replace(services, orphaned_grants=create_app(lost).extensions[EXTENSION].orphaned_grants),
    )
    assert services.orphaned_grants.get(grant_id) == (grant.dc, grant.refresh_token)


def test_the_token_stands_sealed(portal: Flask, merchant: MerchantBrowser, services: Services) -> None:
    token = grant_of(portal, merchant).refresh_token
    (key,) = services.stores.records.keys("left_grant:*")
    assert token not in key and token not in str(services.stores.records.get(key))


def test_a_grant_that_was_ended_at_once_needs_no_second_look(
    portal: Flask, services: Services, sandbox: SandboxServer
) -> None:
    sandbox.fault("status", times=9, method="GET", path="/books/v3/*", status=503)
    MerchantBrowser(portal).connect(status=502)
    assert (
        services.stores.records.keys("left_grant:*") == []
        and services.stores.records.zcard("due:grants") == 0
    )
