"""A merchant's connection to the sandbox, made the way a browser makes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from bs4 import BeautifulSoup

from cache.records.connections.connection import Connection, ConnectionState
from cache.records.connections.connections import Connections
from cache.sealing import Seal
from cache.store_services import build_store_services
from cache.stores import Stores
from config.settings import Settings
from connectors.zoho.api.scopes import BOOKS_SCOPES
from connectors.zoho.clients import ZohoClients
from connectors.zoho.oauth.authorization_code import (
    Callback,
    Grant,
    code_challenge_of,
    consent_url,
    exchange_code,
    new_code_verifier,
)
from tests.servers.sandbox_server import SandboxServer

Consent = Callable[..., Grant]
Connect = Callable[..., str]


@pytest.fixture
def zoho(settings: Settings, stores: Stores) -> ZohoClients:
    return ZohoClients(build_store_services(settings, stores))


@pytest.fixture
def consent(settings: Settings, sandbox: SandboxServer) -> Consent:
    """consent(person, dc): that person agrees on the sandbox's page; the flow begins at `dc`, their data may
    live elsewhere.
    """

    def agree(person: str, dc: str = "us", scopes: tuple[str, ...] = BOOKS_SCOPES) -> Grant:
        back, verifier = f"{settings.portal_url}/merchant/zoho/callback", new_code_verifier()
        address = consent_url(
            settings.data_centres[dc],
            redirect_uri=back,
            state="s1",
            code_challenge=code_challenge_of(verifier),
            scopes=scopes,
        )
        page = BeautifulSoup(requests.get(address, timeout=10).text, "html.parser")
        chosen = next(
            field
            for field in page.find_all("input", attrs={"name": "person"})
            if person in field.parent.get_text()
        )
        asked = {field["name"]: field["value"] for field in page.find_all("input", type="hidden")}
        form = asked | {"person": chosen["value"], "decision": "allow"}
        answer = requests.post(address.partition("?")[0], data=form, timeout=10, allow_redirects=False)
        said = {
            name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()
        }
        callback = Callback(
            code=said["code"], location=said["location"], accounts_server=said["accounts-server"]
        )
        return exchange_code(
            settings, callback, redirect_uri=back, code_verifier=verifier, flow_dc=dc, requested_scopes=scopes
        )

    return agree


@pytest.fixture
def connections(settings: Settings, stores: Stores) -> Connections:
    return Connections(stores.records, Seal(settings.sealing_keys))


@pytest.fixture
def connect(zoho: ZohoClients, consent: Consent, connections: Connections) -> Connect:
    """connect(person) → key of that person's first active organisation, connected with everything the consent
    gave.
    """

    def make(person: str = "Ada Okafor", scopes: tuple[str, ...] = BOOKS_SCOPES) -> str:
        grant = consent(person, scopes=scopes)
        chosen = next(
            organization for organization in zoho.organizations_of_grant(grant) if organization.is_active
        )
        org, now = f"{grant.dc}-{chosen.id}", dt.datetime.now(dt.UTC)
        connections.save(
            Connection(
                org=org,
                dc=grant.dc,
                organization_id=chosen.id,
                name=chosen.name,
                api_domain=grant.api_domain,
                accounts_server=grant.accounts_server,
                scopes=grant.scopes,
                state=ConnectionState.CONNECTED,
                connected_at=now,
                connected_by="m1",
                time_zone=chosen.time_zone,
                currency=chosen.currency,
                profile=chosen.to_stored(),
                profile_as_of=now,
            ),
            refresh_token=grant.refresh_token,
        )
        return org

    return make
