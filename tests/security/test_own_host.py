"""The portal answers to its own name alone, whatever a request, a proxy or a rebound name in the DNS says."""

from __future__ import annotations

import dataclasses

import pytest
from flask import Flask, request

from cache.stores import Stores
from config.settings import Settings
from gateway.app import create_app
from tests.security.test_route_access import places
from tests.security.two_organisations import ORG, TwoOrganisations

FOREIGN = (
    "attacker.example",
    "portal.example.attacker.example",
    "portal.example:8443",
    "portal.example@attacker.example",
    "portal.example.",
    "127.0.0.1",
    "localhost",
    "169.254.169.254",
    "[::1]",
    "portal.example\tx",
    "",
    "portal.example:x",
    "portal.example,attacker.example",
    "xportal.example",
    "portal。example",
    "http://portal.example",
)


@pytest.fixture
def public(settings: Settings, stores: Stores) -> Flask:
    return create_app(dataclasses.replace(settings, portal_url="https://portal.example"))


@pytest.mark.parametrize("host", FOREIGN)
def test_a_portal_on_the_internet_answers_no_other_host(public: Flask, host: str) -> None:
    answer = public.test_client().get("/sign-in", headers={"Host": host.encode().decode("latin-1")})
    assert answer.status_code in (400, 421), answer.status
    assert "attacker" not in answer.get_data(as_text=True) + str(answer.headers)
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("host", ["portal.example", "portal.example:443", "PORTAL.example"])
def test_it_answers_its_own(public: Flask, host: str) -> None:
    assert (
        public.test_client()
        .get("/sign-in", base_url="https://portal.example", headers={"Host": host})
        .status_code
        == 200
    )


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-Host", "X-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded", "X-Forwarded-Server"],
)
def test_no_other_header_names_the_host_or_the_page(settings: Settings, stores: Stores, header: str) -> None:
    app = create_app(dataclasses.replace(settings, portal_url="https://portal.example", trusted_proxies=1))
    told = {header: "host=attacker.example" if header == "Forwarded" else "attacker.example"}
    answer = app.test_client().get("/", base_url="https://portal.example", headers=told)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sign-in"


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_supervisors_ask_by_any_address(public: Flask, address: str) -> None:
    assert public.test_client().get(address, headers={"Host": "10.1.2.3:8600"}).status_code in (200, 503)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:9", "[::1]:8600"])
def test_a_portal_on_loopback_answers_to_loopback(settings: Settings, stores: Stores, host: str) -> None:
    assert create_app(settings).test_client().get("/sign-in", headers={"Host": host}).status_code == 200


def test_a_name_that_was_rebound_to_loopback_opens_no_page_at_all(settings: Settings, stores: Stores) -> None:
    organisations = TwoOrganisations(create_app(settings))
    for place in places(organisations):
        if place.endpoint not in ("health.alive", "health.ready"):
            answer = organisations.ada.ask(place.method, place.address, headers={"Host": "rebound.example"})
            assert answer.status_code == 421, f"{place.method} {place.address}: {answer.status}"
    assert organisations.services.connections.get(ORG) is not None


@pytest.mark.parametrize(("proxies", "seen"), [(0, "10.0.0.9"), (1, "203.0.113.7"), (2, "198.51.100.1")])
def test_addresses_are_believed_of_as_many_proxies_as_there_are(
    settings: Settings, stores: Stores, proxies: int, seen: str
) -> None:
    """Each proxy appends whom it was asked by: whoever writes one of their own cannot be counted as somebody
    else.
    """
    app = create_app(dataclasses.replace(settings, trusted_proxies=proxies))
    with app.test_client() as client:
        client.get(
            "/healthz",
            headers={"X-Forwarded-For": "6.6.6.6, 198.51.100.1, 203.0.113.7"},
            environ_base={"REMOTE_ADDR": "10.0.0.9"},
        )
        assert request.remote_addr == seen
