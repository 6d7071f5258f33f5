"""Connecting: what the consent page is asked, and where the client secret may go. Each test is named after
zoho.md 1.2 to 1.5.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import responses

from config.data_centres import DataCentre
from config.settings import Settings
from connectors.zoho.api.errors import OAuthRefused, ZohoUnavailable
from connectors.zoho.oauth.authorization_code import (
    Callback,
    Grant,
    code_challenge_of,
    consent_url,
    exchange_code,
    new_code_verifier,
    revoke,
)

US = DataCentre(
    code="us",
    name="US",
    accounts_url="https://accounts.zoho.com",
    api_url="https://www.zohoapis.com",
    client_id="id-us",
    client_secret="secret-us",
)
EU = DataCentre(
    code="eu",
    name="EU",
    accounts_url="https://accounts.zoho.eu",
    api_url="https://www.zohoapis.eu",
    client_id="id-eu",
    client_secret="secret-eu",
)
BACK = "https://portal.example/merchant/zoho/callback"
TOKENS = {
    "access_token": "a1",
    "refresh_token": "r1",
    "api_domain": "https://www.zohoapis.eu",
    "token_type": "Bearer",
    "expires_in": 3600,
}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return dataclasses.replace(settings, data_centres={"us": US, "eu": EU})


@pytest.fixture
def zoho() -> Iterator[responses.RequestsMock]:
    """No address answers unless a test says so; a call to any other fails and is recorded."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as answers:
        yield answers


def exchange(
    settings: Settings, accounts_server: str = EU.accounts_url, location: str = "eu", code: str = "c1"
) -> Grant:
    callback = Callback(code=code, location=location, accounts_server=accounts_server)
    return exchange_code(
        settings,
        callback,
        redirect_uri=BACK,
        code_verifier="v" * 43,
        flow_dc="us",
        requested_scopes=("A.b.READ",),
    )


def sent(zoho: responses.RequestsMock, number: int = 0) -> dict[str, list[str]]:
    return parse_qs(str(zoho.calls[number].request.body))


def test_facts_1_2_the_consent_page_is_asked_for_lasting_access_with_scopes_joined_by_commas() -> None:
    address = consent_url(
        US,
        redirect_uri=BACK,
        state="s1",
        code_challenge="c2",
        scopes=("ZohoBooks.settings.READ", "ZohoBooks.contacts.READ"),
    )
    assert address.startswith("https://accounts.zoho.com/oauth/v2/auth?")
    assert {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()} == {
        "scope": "ZohoBooks.settings.READ,ZohoBooks.contacts.READ",
        "client_id": "id-us",
        "response_type": "code",
        "redirect_uri": BACK,
        "access_type": "offline",
        "prompt": "consent",
        "state": "s1",
        "code_challenge": "c2",
        "code_challenge_method": "S256",
    }


def test_a_code_challenge_follows_from_its_verifier_as_in_rfc_7636() -> None:
    assert (
        code_challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    )
    assert new_code_verifier() != new_code_verifier()
    assert 43 <= len(new_code_verifier()) <= 128


def test_facts_1_2_the_code_goes_to_the_accounts_server_of_the_callback_with_that_data_centres_secret(
    settings: Settings, zoho: responses.RequestsMock
) -> None:
    zoho.post("https://accounts.zoho.eu/oauth/v2/token", json=TOKENS)
    grant = exchange(settings)
    assert sent(zoho) == {
        "grant_type": ["authorization_code"],
        "code": ["c1"],
        "code_verifier": ["v" * 43],
        "redirect_uri": [BACK],
        "client_id": ["id-eu"],
        "client_secret": ["secret-eu"],
    }
    assert grant == Grant(
        dc="eu",
        accounts_server=EU.accounts_url,
        api_domain=EU.api_url,
        access_token="a1",
        refresh_token="r1",
        expires_in=3600,
        scopes=("A.b.READ",),
    )


@pytest.mark.parametrize(
    "strange",
    [
        "https://accounts.zoho.eu.",
        "https://accounts.zoho.eu/",
        "https://accounts.zoho.eu:443",
        "http://accounts.zoho.eu",
        "https://accounts.zoho.eu@evil.example",
        "https://evil.example/?https://accounts.zoho.eu",
        "https://accounts.zoho.eu.evil.example",
        "https://ACCOUNTS.ZOHO.EU",
        "https://user:pw@accounts.zoho.eu",
        "https://evil.example",
        "//accounts.zoho.eu",
        "https://accounts.zoho.eu#x",
        " https://accounts.zoho.eu",
        "https://accounts.zoho.in",
        "accounts.zoho.eu",
        "https://xaccounts.zoho.eu",
    ],
)
def test_a_callback_that_names_a_strange_accounts_server_opens_no_connection(
    settings: Settings, zoho: responses.RequestsMock, strange: str
) -> None:
    with pytest.raises(OAuthRefused, match="not one of Zoho's"):
        exchange(settings, accounts_server=strange, location="")
    assert len(zoho.calls) == 0


def test_a_callback_that_names_two_data_centres_opens_no_connection(
    settings: Settings, zoho: responses.RequestsMock
) -> None:
    with pytest.raises(OAuthRefused, match="two different"):
        exchange(settings, accounts_server=EU.accounts_url, location="us")
    assert len(zoho.calls) == 0


def test_without_a_named_server_the_flows_own_is_used(
    settings: Settings, zoho: responses.RequestsMock
) -> None:
    zoho.post("https://accounts.zoho.com/oauth/v2/token", json=TOKENS | {"api_domain": US.api_url})
    assert exchange(settings, accounts_server="", location="").dc == "us"


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("invalid_code", "connect again"),
        ("invalid_client", "operator"),
        ("invalid_client_secret", "operator"),
        ("what_is_this", "what_is_this"),
    ],
)
def test_facts_1_4_refusals_come_with_http_200(
    settings: Settings, zoho: responses.RequestsMock, word: str, told: str
) -> None:
    zoho.post("https://accounts.zoho.eu/oauth/v2/token", json={"error": word}, status=200)
    with pytest.raises(OAuthRefused, match=told):
        exchange(settings)


def test_facts_1_2_without_a_refresh_token_nothing_is_connected(
    settings: Settings, zoho: responses.RequestsMock
) -> None:
    zoho.post(
        "https://accounts.zoho.eu/oauth/v2/token",
        json={name: value for name, value in TOKENS.items() if name != "refresh_token"},
    )
    with pytest.raises(OAuthRefused, match="one hour"):
        exchange(settings)


@pytest.mark.parametrize(
    "api_domain", ["https://evil.example", "https://www.zohoapis.com", "", "https://www.zohoapis.eu/"]
)
def test_an_api_address_outside_the_table_is_refused(
    settings: Settings, zoho: responses.RequestsMock, api_domain: str
) -> None:
    zoho.post("https://accounts.zoho.eu/oauth/v2/token", json=TOKENS | {"api_domain": api_domain})
    with pytest.raises(OAuthRefused, match="does not know"):
        exchange(settings)


def test_facts_1_2_the_granted_scopes_are_taken_when_the_answer_names_them(
    settings: Settings, zoho: responses.RequestsMock
) -> None:
    zoho.post("https://accounts.zoho.eu/oauth/v2/token", json=TOKENS | {"scope": "A.b.READ C.d.READ"})
    assert exchange(settings).scopes == ("A.b.READ", "C.d.READ")


@pytest.mark.parametrize(
    "answer",
    [
        {"body": "<html>"},
        {"json": []},
        {"status": 502, "json": {"error": "x"}},
        {"json": {}},
        {"body": requests.ReadTimeout()},
    ],
)
def test_an_accounts_server_that_gives_no_proper_answer_is_try_later(
    settings: Settings, zoho: responses.RequestsMock, answer: dict[str, Any]
) -> None:
    zoho.post("https://accounts.zoho.eu/oauth/v2/token", **answer)
    with pytest.raises(ZohoUnavailable):
        exchange(settings)


def test_a_redirect_of_the_token_endpoint_is_not_followed(
    settings: Settings, zoho: responses.RequestsMock
) -> None:
    zoho.post(
        "https://accounts.zoho.eu/oauth/v2/token", status=307, headers={"Location": "https://evil.example/"}
    )
    with pytest.raises(ZohoUnavailable):
        exchange(settings)
    assert len(zoho.calls) == 1


def test_secrets_are_not_in_what_is_printed_of_a_grant() -> None:
    grant = Grant(
        dc="eu",
        accounts_server="",
        api_domain="",
        access_token="a-secret",
        refresh_token="r-secret",
        expires_in=1,
        scopes=(),
    )
    assert "secret" not in repr(grant) + repr(Callback(code="c-secret"))


def test_facts_1_5_revoking_asks_the_older_address_and_then_the_newer(
    settings: Settings, zoho: responses.RequestsMock
) -> None:
    zoho.post("https://accounts.zoho.eu/oauth/v2/token/revoke", status=400, json={"status": "error"})
    zoho.post("https://accounts.zoho.eu/oauth/v2/revoke/token", json={"status": "success"})
    assert revoke(settings, "eu", "r1")
    assert sent(zoho, 1) == {"token": ["r1"], "token_type": ["refresh_token"]}
    assert zoho.calls[1].request.headers["Authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    "answer", [{"status": 400, "json": {}}, {"body": "<html>"}, {"body": requests.ConnectionError()}]
)
def test_facts_1_5_a_failed_revoke_is_not_fatal(
    settings: Settings, zoho: responses.RequestsMock, answer: dict[str, Any]
) -> None:
    zoho.post("https://accounts.zoho.eu/oauth/v2/token/revoke", **answer)
    zoho.post("https://accounts.zoho.eu/oauth/v2/revoke/token", **answer)
    assert revoke(settings, "eu", "r1") is False
    assert revoke(settings, "mars", "r1") is False
