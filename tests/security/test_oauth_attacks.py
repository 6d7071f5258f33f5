"""Forged, replayed and confused ways back from Zoho: each ends in one clear page, stores nothing, and sends
no secret anywhere.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from flask import Flask

from cache import keys
from cache.redis_connections import RedisConnections
from config.settings import Settings
from gateway.app import create_app
from gateway.wiring import EXTENSION, Wiring
from servers.sandbox_server import SandboxServer
from tests.gateway.merchant_browser import MerchantBrowser

STUDIO = "Harbour Light Studio"


class Siege:
    """A portal that Ada is about to connect, and whatever an attacker makes of her way back."""

    def __init__(self, settings: Settings, redis: RedisConnections, sandbox: SandboxServer) -> None:
        self.app: Flask = create_app(settings)
        self.wiring: Wiring = self.app.extensions[EXTENSION]
        self.sandbox, self._redis = sandbox, redis
        self.ada = MerchantBrowser(self.app)
        self.ada.get("/merchant")
        self.ada.send("/merchant/connect", {"dc": "us"})
        self.said = self.ada.at_zoho()
        self.nothing = self.stored()

    def stored(self) -> list[str]:
        """Every key that would outlive a refusal: connections, tokens, merchants, grants."""
        kinds = ("connection", "merchant:*", "grant:*", "o:*")
        return sorted(key for kind in kinds for key in self._redis.records.scan_iter(kind))

    def calls(self) -> int:
        """How often Zoho was asked anything with a token."""
        return sum(call["path"].startswith("/books/") for call in self.sandbox.calls())

    def refused(self, said: dict[str, str], *, by: MerchantBrowser | None = None, status: int = 400) -> str:
        """The words of the page that these words from Zoho end in. Nothing was stored, and Zoho was asked
        nothing with a token.
        """
        browser = by or self.ada
        before = self.calls()
        browser.come_back(said, status=status)
        assert self.stored() == self.nothing
        assert self.calls() == before
        assert "Not connected" in browser.text
        return browser.text

    def still_works(self) -> None:
        """The attack has not used up what Ada holds."""
        self.ada.come_back(self.said)
        assert self.ada.choose(STUDIO) == "us-600123101"


@pytest.fixture
def siege(settings: Settings, redis: RedisConnections, sandbox: SandboxServer) -> Siege:
    return Siege(settings, redis, sandbox)


def test_the_plain_way_connects(siege: Siege) -> None:
    siege.still_works()


@pytest.mark.parametrize("state", ["", "forged", "a" * 43, "0" * 5000])
def test_a_state_that_was_never_given_out_is_refused_and_spoils_nothing(siege: Siege, state: str) -> None:
    siege.refused({**siege.said, "state": state})
    siege.still_works()


def test_a_state_works_once(siege: Siege) -> None:
    siege.ada.come_back({**siege.said, "error": "access_denied"}, status=400)
    siege.refused(siege.said)


def test_a_state_of_another_browser_is_refused(siege: Siege) -> None:
    """Ada's link in Bob's browser: the code belongs to the browser that began. The state is used up, since it
    has leaked.
    """
    bob = MerchantBrowser(siege.app)
    bob.get("/merchant")
    siege.refused(siege.said, by=bob)
    siege.refused(siege.said)


def test_a_browser_without_any_session_is_refused(siege: Siege) -> None:
    siege.refused(siege.said, by=MerchantBrowser(siege.app))


def test_a_state_lives_ten_minutes(siege: Siege, redis: RedisConnections) -> None:
    lives = [redis.records.ttl(key) for key in redis.records.scan_iter(keys.oauth_state("*"))]
    assert lives and all(0 < one <= 600 for one in lives)
    for key in redis.records.scan_iter(keys.oauth_state("*")):
        redis.records.delete(key)
    assert "ten minutes" in siege.refused(siege.said)


def test_who_does_not_agree_is_told_so(siege: Siege) -> None:
    assert "did not agree" in siege.refused({"state": siege.said["state"], "error": "access_denied"})


def other_host(origin: str) -> str:
    return origin.replace("127.0.0.1", "attacker.example")


ALTERED: dict[str, Callable[[str], str]] = {
    "a strange host": other_host,
    "the right host as a user name": lambda origin: origin.replace(
        "http://", "http://127.0.0.1@attacker.example:"
    ),
    "a host that begins like ours": lambda origin: origin + ".attacker.example",
    "a trailing dot": lambda origin: origin.replace("127.0.0.1", "127.0.0.1."),
    "another port": lambda origin: origin.rpartition(":")[0] + ":1",
    "a path": lambda origin: origin + "/oauth/../..",
    "a query": lambda origin: origin + "?x=1",
    "a fragment": lambda origin: origin + "#x",
    "https for http": lambda origin: origin.replace("http://", "https://"),
    "no scheme": lambda origin: origin.replace("http:", ""),
    "a file": lambda origin: "file:///etc/passwd",
    "an address of the inside": lambda origin: "http://169.254.169.254",
    "white space": lambda origin: f" {origin}",
    "a line break": lambda origin: f"{origin}\r\nHost: attacker.example",
}


@pytest.mark.parametrize("alter", ALTERED.values(), ids=ALTERED.keys())
def test_an_accounts_server_that_is_not_exactly_one_of_the_table_gets_no_secret(
    siege: Siege, alter: Callable[[str], str]
) -> None:
    siege.refused({**siege.said, "accounts-server": alter(siege.said["accounts-server"])})


def test_upper_case_is_another_server(siege: Siege) -> None:
    siege.refused({**siege.said, "accounts-server": siege.said["accounts-server"].upper()})


def test_the_server_of_another_data_centre_does_not_get_this_ones_code(siege: Siege) -> None:
    siege.refused({**siege.said, "accounts-server": siege.sandbox.origin("eu")})


def test_a_location_that_contradicts_the_server_is_refused(siege: Siege) -> None:
    siege.refused({**siege.said, "location": "eu"})


@pytest.mark.parametrize("location", ["xx", "us-east", "../us", "US "])
def test_an_unknown_location_is_refused(siege: Siege, location: str) -> None:
    siege.refused({**siege.said, "location": location})


@pytest.mark.parametrize("code", ["", "1000.forged", "x" * 3000])
def test_a_code_that_zoho_never_gave_is_refused(siege: Siege, code: str) -> None:
    siege.refused({**siege.said, "code": code})


def test_a_code_of_somebody_elses_flow_is_refused(siege: Siege) -> None:
    """The code was made for another browser's verifier (PKCE)."""
    eve = MerchantBrowser(siege.app)
    eve.get("/merchant")
    eve.send("/merchant/connect", {"dc": "us"})
    hers = eve.at_zoho()
    siege.refused({**siege.said, "code": hers["code"]})


def test_a_code_works_once(siege: Siege) -> None:
    siege.still_works()
    siege.ada.post("/merchant/connect", {}, status=400)
    siege.nothing = siege.stored()
    siege.ada.get("/merchant")
    siege.ada.send("/merchant/connect", {"dc": "us"})
    fresh = siege.ada.at_zoho()
    siege.refused({**fresh, "code": siege.said["code"]})


@pytest.mark.parametrize(
    "fault",
    [
        {"do": "status", "status": 500},
        {"do": "html", "status": 502},
        {"do": "cut_before"},
        {"do": "cut_after"},
        {"do": "half_answer"},
    ],
)
def test_an_accounts_server_that_stumbles_is_told_in_words(siege: Siege, fault: dict[str, object]) -> None:
    siege.sandbox.fault(method="POST", path="/oauth/v2/token", times=3, **fault)  # type: ignore[arg-type]
    assert "try again" in siege.refused(siege.said)


@pytest.mark.parametrize("dc", ["", "xx", "US", "eu\n", "../us", "cn"])
def test_a_data_centre_that_is_not_offered_leads_nowhere(siege: Siege, dc: str) -> None:
    siege.ada.get("/merchant")
    siege.ada.send("/merchant/connect", {"dc": dc}, status=422)
    assert "does not know that data centre" in siege.ada.text
    assert siege.stored() == siege.nothing


def test_connecting_without_a_token_of_the_page_leads_nowhere(siege: Siege) -> None:
    siege.ada.post("/merchant/connect", {"dc": "us"}, status=400)
    assert siege.stored() == siege.nothing


def test_the_way_back_does_not_follow_the_host_of_the_request(siege: Siege) -> None:
    client = siege.app.test_client()
    assert client.get("/merchant", headers={"Host": "attacker.example"}).status_code == 421
    page = client.get("/merchant", headers={"Host": "localhost:1"}).get_data(as_text=True)
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = client.post(
        "/merchant/connect", data={"dc": "us", "csrf_token": token}, headers={"Host": "localhost:1"}
    )
    assert answer.status_code == 303
    assert "localhost" not in answer.headers["Location"]
    assert urlsplit(answer.headers["Location"]).netloc == urlsplit(siege.sandbox.origin("us")).netloc


class Choice:
    """Ada has agreed and stands before the list of her organisations."""

    def __init__(self, siege: Siege) -> None:
        self.siege, self.ada = siege, siege.ada
        self.ada.come_back(siege.said)
        self.ada.follow()

    def asks_for(self, organization_id: str, *, status: int = 422) -> str:
        """The words of the page after choosing an organisation by its id."""
        token = str(self.ada.page.select_one("input[name=csrf_token]")["value"])  # type: ignore[index]
        self.ada.post(
            "/merchant/organisations",
            {"csrf_token": token, "organization_id": organization_id},
            status=status,
        )
        return self.ada.text

    def connections(self) -> list[str]:
        return self.siege.wiring.connections.orgs()


@pytest.fixture
def choice(siege: Siege) -> Choice:
    return Choice(siege)


@pytest.mark.parametrize(
    ("organization_id", "words"),
    [
        ("999999999", "does not list that organisation"),  # unknown everywhere
        ("200345601", "does not list that organisation"),  # another merchant's, in another data centre
        ("", "does not list that organisation"),
        ("600123101; DROP", "does not list that organisation"),
        ("600123102", "is not active"),
    ],
)
def test_only_an_active_organisation_of_the_grant_can_be_chosen(
    choice: Choice, organization_id: str, words: str
) -> None:
    assert words in choice.asks_for(organization_id)
    assert choice.connections() == []
    choice.ada.get("/merchant/organisations")
    choice.asks_for("600123101", status=303)
    assert choice.connections() == ["us-600123101"]


def test_a_grant_waits_for_its_own_session_alone(choice: Choice) -> None:
    eve = MerchantBrowser(choice.siege.app, person="Jonas Weber")
    eve.get("/merchant")
    eve.send("/merchant/connect", {"dc": "eu"})
    eve.come_back(eve.at_zoho())
    eve.follow()
    token = str(eve.page.select_one("input[name=csrf_token]")["value"])  # type: ignore[index]
    eve.post("/merchant/organisations", {"csrf_token": token, "organization_id": "600123101"}, status=422)
    assert choice.connections() == []


def test_a_waiting_grant_is_sealed_and_short_lived(choice: Choice, redis: RedisConnections) -> None:
    waiting = list(redis.records.scan_iter(keys.pending_grant("*")))
    assert len(waiting) == 1 and 0 < redis.records.ttl(waiting[0]) <= 900
    assert "1000." not in str(redis.records.get(waiting[0]))


def test_an_organisation_of_somebody_else_is_not_taken_over(choice: Choice, settings: Settings) -> None:
    choice.asks_for("600123101", status=303)
    ada = choice.siege.wiring.merchants.for_org("us-600123101")[0]
    stranger = dataclasses.replace(ada, id="us-stranger", email="stranger@elsewhere.example")
    choice.siege.wiring.merchants.save(stranger)
    choice.siege.wiring.merchants.save(dataclasses.replace(ada, orgs=()))
    choice.ada.get("/merchant")
    choice.ada.send("/merchant/connect", {"dc": "us"})
    choice.ada.come_back(choice.ada.at_zoho())
    choice.ada.follow()
    assert "connected by another person" in choice.asks_for("600123101")


def test_one_organisations_token_is_never_used_for_another(choice: Choice, sandbox: SandboxServer) -> None:
    """A token of the US data centre means nothing in the EU one, whatever organisation is named."""
    choice.asks_for("600123101", status=303)
    since = len(sandbox.calls())
    books = choice.siege.wiring.zoho.books("us-600123101")
    books.organizations.get("600123101")
    asked = sandbox.calls()[since:]
    assert asked and {call["dc"] for call in asked} == {"us"}
