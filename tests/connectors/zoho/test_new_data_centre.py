"""A data centre that only the operator's file knows is used like any other, from the consent page to the
first call.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import responses

from cache.records.connections.connection import Connection, ConnectionState
from cache.records.connections.connections import Connections
from cache.sealing import Seal
from cache.store_services import build_store_services
from cache.stores import Stores
from config.settings import Settings, load_settings
from connectors.zoho.api.errors import OAuthRefused
from connectors.zoho.clients import ZohoClients
from connectors.zoho.oauth.authorization_code import (
    Callback,
    Grant,
    code_challenge_of,
    consent_url,
    exchange_code,
    new_code_verifier,
)

ACCOUNTS, API = "https://accounts.zoho.ae", "https://www.zohoapis.ae"
NEW = "AE"
BACK = "https://portal.example/merchant/zoho/callback"


@pytest.fixture
def with_ae(tmp_path: Path, settings: Settings) -> Settings:
    """Settings as a start reads them, from an environment whose file adds one data centre."""
    table = tmp_path / "data_centres.json"
    table.write_text(
        json.dumps({"ae": {"name": "Emirates", "accounts_url": ACCOUNTS, "api_url": API}}), encoding="utf-8"
    )
    return load_settings(
        {
            "FOYER_ENVIRONMENT": "production",
            "FOYER_PORTAL_URL": "https://portal.example",
            "REDIS_URL": settings.redis_url,
            "CACHE_REDIS_URL": settings.cache_redis_url,
            "FOYER_SEALING_KEYS": settings.sealing_keys[0],
            "FOYER_DATA_CENTRES": str(table),
            "FOYER_ZOHO_CLIENT_ID": "1000.EVERYWHERE",
            "FOYER_ZOHO_CLIENT_SECRET": "common",
            f"FOYER_ZOHO_CLIENT_ID_{NEW}": "1000.EMIRATES",
            f"FOYER_ZOHO_CLIENT_SECRET_{NEW}": "only-there",
            "FOYER_MAIL_FROM": "portal@foyer.example",
            "FOYER_SMTP_URL": "smtp://mail.example",
        }
    )


@pytest.fixture
def zoho() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as answers:
        token = {
            "access_token": "1000.a",
            "refresh_token": "1000.r",
            "api_domain": API,
            "token_type": "Bearer",
            "expires_in": 3600,
        }
        answers.post(f"{ACCOUNTS}/oauth/v2/token", json=token)
        listed = [
            {
                "organization_id": "9001",
                "name": "Dune Coffee",
                "time_zone": "Asia/Dubai",
                "currency_code": "AED",
            }
        ]
        answers.get(
            f"{API}/books/v3/organizations", json={"code": 0, "message": "success", "organizations": listed}
        )
        answers.get(
            f"{API}/books/v3/estimates",
            json={"code": 0, "message": "success", "estimates": [], "page_context": {}},
        )
        yield answers


def come_back(
    settings: Settings, accounts_server: str = ACCOUNTS, location: str = "ae", flow_dc: str = "ae"
) -> Grant:
    callback = Callback(code="1000.c", location=location, accounts_server=accounts_server)
    return exchange_code(
        settings, callback, redirect_uri=BACK, code_verifier=new_code_verifier(), flow_dc=flow_dc
    )


def test_facts_1_1_a_data_centre_added_by_a_file_works_from_consent_to_call(
    with_ae: Settings, stores: Stores, zoho: responses.RequestsMock
) -> None:
    challenge = code_challenge_of(new_code_verifier())
    address = urlsplit(
        consent_url(with_ae.data_centres["ae"], redirect_uri=BACK, state="s", code_challenge=challenge)
    )
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{ACCOUNTS}/oauth/v2/auth"
    assert parse_qs(address.query)["client_id"] == ["1000.EMIRATES"]

    grant = come_back(with_ae)
    sent = parse_qs(str(zoho.calls[-1].request.body))
    assert (sent["client_id"], sent["client_secret"]) == (["1000.EMIRATES"], ["only-there"])

    clients = ZohoClients(build_store_services(with_ae, stores))
    chosen = clients.organizations_of_grant(grant)[0]
    now = dt.datetime.now(dt.UTC)
    Connections(stores.records, Seal(with_ae.sealing_keys)).save(
        Connection(
            org="ae-9001",
            dc="ae",
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
            profile_as_of=now,
        ),
        refresh_token=grant.refresh_token,
    )
    assert clients.books("ae-9001").estimates.list_page().rows == ()
    assert {urlsplit(str(call.request.url)).netloc for call in zoho.calls} == {
        "accounts.zoho.ae",
        "www.zohoapis.ae",
    }


def test_facts_1_2_a_flow_that_began_elsewhere_may_end_in_the_added_data_centre(
    with_ae: Settings, zoho: responses.RequestsMock
) -> None:
    assert come_back(with_ae, flow_dc="us").dc == "ae"


@pytest.mark.parametrize(
    "server", ["https://accounts.zoho.ae.evil.example", "http://accounts.zoho.ae", "https://accounts.zoho.xx"]
)
def test_facts_1_2_the_added_address_counts_character_by_character(
    with_ae: Settings, zoho: responses.RequestsMock, server: str
) -> None:
    with pytest.raises(OAuthRefused):
        come_back(with_ae, accounts_server=server)
    assert len(zoho.calls) == 0, "the client secret went to a strange server"
