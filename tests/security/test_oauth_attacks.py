"""Forged, replayed and confused ways back from Zoho: each ends in one clear page, stores nothing, and sends
no secret anywhere.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from flask import Flask

from cache.records.connections import keys as connection_keys
from cache.stores import Stores
from config.settings import Settings
from gateway.app import create_app
from gateway.web.services import EXTENSION
from tests.gateway.merchant_browser import MerchantBrowser
from tests.servers.sandbox_server import SandboxServer
from workers.services import Services

STUDIO = "Harbour Light Studio"


class OAuthAttack:
    """A portal that Ada is about to connect, and whatever an attacker makes of her way back."""

    def __init__(self, settings: Settings, stores: Stores, sandbox: SandboxServer) -> None:
        self.app: Flask = create_app(settings)
        self.services: Services = self.app.extensions[EXTENSION]
        self.sandbox, self._stores = sandbox, stores
        self.ada = MerchantBrowser(self.app)
        self.ada.get("/merchant")
        self.ada.send("/merchant/connect", {"dc": "us"})
        self.callback = self.ada.at_zoho()
        self.stored_before = self.stored()

    def stored(self) -> list[str]:
        """Every key that would outlive a refusal: connections, tokens, merchants, grants."""
        kinds = ("connection", "merchant:*", "grant:*", "o:*")
        return sorted(key for kind in kinds for key in self._stores.records.scan_iter(kind))

    def calls(self) -> int:
        """How often Zoho was asked anything with a token."""
        return sum(call["path"].startswith("/books/") for call in self.sandbox.calls())

    def refused(
        self, callback: dict[str, str], *, by: MerchantBrowser | None = None, status: int = 400
    ) -> str:
        """The words of the page that these words from Zoho end in. Nothing was stored, and Zoho was asked
        nothing with a token.
        """
        browser = by or self.ada
        before = self.calls()
        browser.come_back(callback, status=status)
        assert self.stored() == self.stored_before
        assert self.calls() == before
        assert "Not connected" in browser.text
        return browser.text

    def still_works(self) -> None:
        """The attack has not used up what Ada holds."""
        self.ada.come_back(self.callback)
        assert self.ada.choose(STUDIO) == "us-600123101"


@pytest.fixture
def oauth_attack(settings: Settings, stores: Stores, sandbox: SandboxServer) -> OAuthAttack:
    return OAuthAttack(settings, stores, sandbox)


def test_the_plain_way_connects(oauth_attack: OAuthAttack) -> None:
    oauth_attack.still_works()


@pytest.mark.parametrize("state", ["", "forged", "a" * 43, "0" * 5000])
def test_a_state_that_was_never_given_out_is_refused_and_spoils_nothing(
    oauth_attack: OAuthAttack, state: str
) -> None:
    oauth_attack.refused({**oauth_attack.callback, "state": state})
    oauth_attack.still_works()


def test_a_state_works_once(oauth_attack: OAuthAttack) -> None:
    oauth_attack.ada.come_back({**oauth_attack.callback, "error": "access_denied"}, status=400)
    oauth_attack.refused(oauth_attack.callback)


def test_a_state_of_another_browser_is_refused(oauth_attack: OAuthAttack) -> None:
    """Ada's link in Bob's browser: the code belongs to the browser that began. The state is used up, since it
    has leaked.
    """
    bob = MerchantBrowser(oauth_attack.app)
    bob.get("/merchant")
    oauth_attack.refused(oauth_attack.callback, by=bob)
    oauth_attack.refused(oauth_attack.callback)


def test_a_browser_without_any_session_is_refused(oauth_attack: OAuthAttack) -> None:
    oauth_attack.refused(oauth_attack.callback, by=MerchantBrowser(oauth_attack.app))


def test_a_state_lives_ten_minutes(oauth_attack: OAuthAttack, stores: Stores) -> None:
    lives = [stores.records.ttl(key) for key in stores.records.scan_iter(connection_keys.oauth_state("*"))]
    assert lives and all(0 < live <= 600 for live in lives)
    for key in stores.records.scan_iter(connection_keys.oauth_state("*")):
        stores.records.delete(key)
    assert "ten minutes" in oauth_attack.refused(oauth_attack.callback)


def test_who_does_not_agree_is_told_so(oauth_attack: OAuthAttack) -> None:
    assert "did not agree" in oauth_attack.refused(
        {"state": oauth_attack.callback["state"], "error": "access_denied"}
    )


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
    oauth_attack: OAuthAttack, alter: Callable[[str], str]
) -> None:
    oauth_attack.refused(
        {**oauth_attack.callback, "accounts-server": alter(oauth_attack.callback["accounts-server"])}
    )


def test_upper_case_is_another_server(oauth_attack: OAuthAttack) -> None:
    oauth_attack.refused(
        {**oauth_attack.callback, "accounts-server": oauth_attack.callback["accounts-server"].upper()}
    )


def test_the_server_of_another_data_centre_does_not_get_this_ones_code(oauth_attack: OAuthAttack) -> None:
    oauth_attack.refused({**oauth_attack.callback, "accounts-server": oauth_attack.sandbox.origin("eu")})


def test_a_location_that_contradicts_the_server_is_refused(oauth_attack: OAuthAttack) -> None:
    oauth_attack.refused({**oauth_attack.callback, "location": "eu"})


@pytest.mark.parametrize("location", ["xx", "us-east", "../us", "US "])
def test_an_unknown_location_is_refused(oauth_attack: OAuthAttack, location: str) -> None:
    oauth_attack.refused({**oauth_attack.callback, "location": location})


@pytest.mark.parametrize("code", ["", "1000.forged", "x" * 3000])
def test_a_code_that_zoho_never_gave_is_refused(oauth_attack: OAuthAttack, code: str) -> None:
    oauth_attack.refused({**oauth_attack.callback, "code": code})


def test_a_code_of_somebody_elses_flow_is_refused(oauth_attack: OAuthAttack) -> None:
    """The code was made for another browser's verifier (PKCE)."""
    eve = MerchantBrowser(oauth_attack.app)
    eve.get("/merchant")
    eve.send("/merchant/connect", {"dc": "us"})
    hers = eve.at_zoho()
    oauth_attack.refused({**oauth_attack.callback, "code": hers["code"]})


def test_a_code_works_once(oauth_attack: OAuthAttack) -> None:
    oauth_attack.still_works()
    oauth_attack.ada.post("/merchant/connect", {}, status=400)
    oauth_attack.stored_before = oauth_attack.stored()
    oauth_attack.ada.get("/merchant")
    oauth_attack.ada.send("/merchant/connect", {"dc": "us"})
    fresh = oauth_attack.ada.at_zoho()
    oauth_attack.refused({**fresh, "code": oauth_attack.callback["code"]})


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
def test_an_accounts_server_that_stumbles_is_told_in_words(
    oauth_attack: OAuthAttack, fault: dict[str, object]
) -> None:
    oauth_attack.sandbox.fault(method="POST", path="/oauth/v2/token", times=3, **fault)  # type: ignore[arg-type]
    assert "try again" in oauth_attack.refused(oauth_attack.callback)


@pytest.mark.parametrize("dc", ["", "xx", "US", "eu\n", "../us", "cn"])
def test_a_data_centre_that_is_not_offered_leads_nowhere(oauth_attack: OAuthAttack, dc: str) -> None:
    oauth_attack.ada.get("/merchant")
    oauth_attack.ada.send("/merchant/connect", {"dc": dc}, status=422)
    assert "does not know that data centre" in oauth_attack.ada.text
    assert oauth_attack.stored() == oauth_attack.stored_before


def test_connecting_without_a_token_of_the_page_leads_nowhere(oauth_attack: OAuthAttack) -> None:
    oauth_attack.ada.post("/merchant/connect", {"dc": "us"}, status=400)
    assert oauth_attack.stored() == oauth_attack.stored_before


def test_the_way_back_does_not_follow_the_host_of_the_request(oauth_attack: OAuthAttack) -> None:
    client = oauth_attack.app.test_client()
    assert client.get("/merchant", headers={"Host": "attacker.example"}).status_code == 421
    page = client.get("/merchant", headers={"Host": "localhost:1"}).get_data(as_text=True)
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = client.post(
        "/merchant/connect", data={"dc": "us", "csrf_token": token}, headers={"Host": "localhost:1"}
    )
    assert answer.status_code == 303
    assert "localhost" not in answer.headers["Location"]
    assert urlsplit(answer.headers["Location"]).netloc == urlsplit(oauth_attack.sandbox.origin("us")).netloc


class Choice:
    """Ada has agreed and stands before the list of her organisations."""

    def __init__(self, oauth_attack: OAuthAttack) -> None:
        self.oauth_attack, self.ada = oauth_attack, oauth_attack.ada
        self.ada.come_back(oauth_attack.callback)
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
        return self.oauth_attack.services.connections.orgs()


@pytest.fixture
def choice(oauth_attack: OAuthAttack) -> Choice:
    return Choice(oauth_attack)


@pytest.mark.parametrize(
    ("organization_id", "expected"),
    [
        ("999999999", "does not list that organisation"),  # unknown everywhere
        ("200345601", "does not list that organisation"),  # another merchant's, in another data centre
        ("", "does not list that organisation"),
        ("600123101; DROP", "does not list that organisation"),
        ("600123102", "is not active"),
    ],
)
def test_only_an_active_organisation_of_the_grant_can_be_chosen(
    choice: Choice, organization_id: str, expected: str
) -> None:
    assert expected in choice.asks_for(organization_id)
    assert choice.connections() == []
    choice.ada.get("/merchant/organisations")
    choice.asks_for("600123101", status=303)
    assert choice.connections() == ["us-600123101"]


def test_a_grant_waits_for_its_own_session_alone(choice: Choice) -> None:
    eve = MerchantBrowser(choice.oauth_attack.app, person="Jonas Weber")
    eve.get("/merchant")
    eve.send("/merchant/connect", {"dc": "eu"})
    eve.come_back(eve.at_zoho())
    eve.follow()
    token = str(eve.page.select_one("input[name=csrf_token]")["value"])  # type: ignore[index]
    eve.post("/merchant/organisations", {"csrf_token": token, "organization_id": "600123101"}, status=422)
    assert choice.connections() == []


def test_a_waiting_grant_is_sealed_and_short_lived(choice: Choice, stores: Stores) -> None:
    waiting = list(stores.records.scan_iter(connection_keys.pending_grant("*")))
    assert len(waiting) == 1 and 0 < stores.records.ttl(waiting[0]) <= 900
    assert "1000." not in str(stores.records.get(waiting[0]))


def test_an_organisation_of_somebody_else_is_not_taken_over(choice: Choice, settings: Settings) -> None:
    choice.asks_for("600123101", status=303)
    ada = choice.oauth_attack.services.merchants.for_org("us-600123101")[0]
    stranger = dataclasses.replace(ada, id="us-stranger", email="stranger@elsewhere.example")
    choice.oauth_attack.services.merchants.save(stranger)
    choice.oauth_attack.services.merchants.save(dataclasses.replace(ada, orgs=()))
    choice.ada.get("/merchant")
    choice.ada.send("/merchant/connect", {"dc": "us"})
    choice.ada.come_back(choice.ada.at_zoho())
    choice.ada.follow()
    assert "connected by another person" in choice.asks_for("600123101")


def test_one_organisations_token_is_never_used_for_another(choice: Choice, sandbox: SandboxServer) -> None:
    """A token of the US data centre means nothing in the EU one, whatever organisation is named."""
    choice.asks_for("600123101", status=303)
    since = len(sandbox.calls())
    books = choice.oauth_attack.services.zoho.books("us-600123101")
    books.organizations.get("600123101")
    asked = sandbox.calls()[since:]
    assert asked and {call["dc"] for call in asked} == {"us"}
