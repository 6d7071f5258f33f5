"""The accounts server: consent, codes, refresh, revoke, and its limits (zoho.md 1.2 to 1.5)."""

from __future__ import annotations

import base64
import hashlib

import pytest
import requests


def test_the_consent_page_offers_the_persons_of_this_data_centre_first(stranger):
    page = requests.get(f"{stranger.origin}/oauth/v2/auth", params=stranger.asked(), timeout=10).text
    assert page.index("Ada Okafor") < page.index("Jonas Weber") and "Allow" in page and "Deny" in page


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"client_id": "someone-else"}, "Invalid Client ID"),
        ({"client_id": "foyer-sandbox-eu"}, "Invalid Client ID"),
        ({"redirect_uri": "http://127.0.0.1:9/elsewhere"}, "Invalid Redirect Uri"),
        ({"scope": "ZohoBooks.everything.READ"}, "Invalid OAuth Scope"),
        ({"response_type": "token"}, "Invalid Response Type"),
    ],
)
def test_a_wrong_request_is_told_on_the_page_and_never_carried_to_the_redirect_address(
    stranger, change, reason
):
    for method in ("GET", "POST"):
        asked = stranger.asked(**change)
        answer = requests.request(
            method,
            f"{stranger.origin}/oauth/v2/auth",
            params=asked if method == "GET" else None,
            timeout=10,
            data=asked | {"decision": "allow", "person": "us:1"} if method == "POST" else None,
            allow_redirects=False,
        )
        assert answer.status_code == 400 and reason in answer.text


def test_denying_carries_an_error_and_the_state_but_no_code(stranger):
    assert stranger.decide("deny") == {"error": "access_denied", "state": "a-state"}


def test_allowing_names_location_and_accounts_server(stranger):
    told = stranger.decide()
    assert (told["state"], told["location"], told["accounts-server"]) == ("a-state", "us", stranger.origin)


def test_a_person_of_another_data_centre_is_sent_back_with_that_data_centre(stranger, german):
    page = requests.get(f"{stranger.origin}/oauth/v2/auth", params=stranger.asked(), timeout=10).text
    jonas = next(part.split('"')[0] for part in page.split('value="') if part.startswith("eu:"))
    told = stranger.decide(person=jonas)
    assert (told["location"], told["accounts-server"]) == ("eu", german.origin)
    assert stranger.exchange(told["code"]) == {"error": "invalid_code"}
    assert german.exchange(told["code"])["api_domain"] == german.origin


def test_a_code_works_once(stranger):
    code = stranger.decide()["code"]
    assert stranger.exchange(code)["expires_in"] == 3600
    again = stranger.token(grant_type="authorization_code", code=code, redirect_uri=stranger.redirect_uri)
    assert (again.status_code, again.json()) == (200, {"error": "invalid_code"})


def test_a_code_lives_two_minutes(stranger):
    code = stranger.decide()["code"]
    stranger.move_clock(121)
    assert stranger.exchange(code) == {"error": "invalid_code"}


def test_a_code_belongs_to_its_redirect_address(stranger):
    code = stranger.decide()["code"]
    wrong = stranger.token(
        grant_type="authorization_code", code=code, redirect_uri="http://127.0.0.1:9/elsewhere"
    )
    assert wrong.json() == {"error": "invalid_redirect_uri"}


@pytest.mark.parametrize(
    ("verifier", "works"), [("the-right-one" * 4, True), ("a-wrong-one" * 4, False), ("", False)]
)
def test_pkce_is_verified(stranger, verifier, works):
    digest = hashlib.sha256(("the-right-one" * 4).encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    told = stranger.decide(code_challenge=challenge, code_challenge_method="S256")
    answer = stranger.exchange(told["code"], code_verifier=verifier)
    assert ("access_token" in answer) is works
    assert works or answer == {"error": "invalid_code"}


def test_without_offline_access_there_is_no_refresh_token(stranger):
    assert "refresh_token" not in stranger.exchange(stranger.decide(access_type="online")["code"])


def test_a_second_grant_without_prompt_consent_brings_no_refresh_token(stranger):
    assert "refresh_token" in stranger.exchange(stranger.decide(prompt="")["code"])
    assert "refresh_token" not in stranger.exchange(stranger.decide(prompt="")["code"])
    assert "refresh_token" in stranger.exchange(stranger.decide(prompt="consent")["code"])


def test_client_errors_come_with_http_200(stranger):
    for data, error in (
        ({"client_id": "nobody"}, "invalid_client"),
        ({"client_secret": "guess"}, "invalid_client_secret"),
    ):
        answer = stranger.token(grant_type="refresh_token", refresh_token="any", **data)
        assert (answer.status_code, answer.json()) == (200, {"error": error})


def test_refreshing_brings_a_new_access_token_and_no_refresh_token(zoho):
    answer = zoho.refresh().json()
    assert answer["access_token"] != zoho.access_token and "refresh_token" not in answer
    assert answer["api_domain"] == zoho.origin


def test_the_eleventh_refresh_in_ten_minutes_is_throttled_and_later_works_again(zoho):
    assert [zoho.refresh().status_code for _ in range(10)] == [200] * 10
    throttled = zoho.refresh()
    assert (throttled.status_code, throttled.json()["error"], throttled.json()["status"]) == (
        400,
        "Access Denied",
        "failure",
    )
    zoho.move_clock(601)
    assert "access_token" in zoho.refresh().json()


def test_given_tokens_can_be_forgotten_without_moving_the_clock(zoho):
    assert [zoho.refresh().status_code for _ in range(11)] == [200] * 10 + [400]
    zoho.control("POST", "throttle")
    assert "access_token" in zoho.refresh().json()


def test_the_sixth_refresh_token_in_a_minute_is_throttled_for_that_user_alone(
    stranger, sandbox, visitor_type
):
    codes = [stranger.decide()["code"] for _ in range(6)]
    answers = [stranger.exchange(code) for code in codes]
    assert [answer.get("error") for answer in answers] == [None] * 5 + ["Access Denied"]
    assert (
        stranger.token(grant_type="refresh_token", refresh_token=answers[0]["refresh_token"]).status_code
        == 200
    )
    jonas = visitor_type(sandbox, "eu").connect()
    jonas.http.close()
    stranger.move_clock(61)
    assert "refresh_token" in stranger.exchange(stranger.decide()["code"])


def test_the_twenty_first_refresh_token_silently_ends_the_oldest(zoho):
    oldest, first_access = zoho.refresh_token, zoho.access_token
    for _ in range(19):
        zoho.move_clock(13)
        zoho.connect()
    zoho.move_clock(13)
    assert "access_token" in zoho.token(grant_type="refresh_token", refresh_token=oldest).json()
    zoho.connect()
    assert zoho.token(grant_type="refresh_token", refresh_token=oldest).json() == {"error": "invalid_code"}
    zoho.access_token = first_access
    assert zoho.call("GET", "/organizations").status_code == 401


def test_revoking_ends_the_access_tokens_too(zoho):
    revoked = requests.post(
        f"{zoho.origin}/oauth/v2/token/revoke", params={"token": zoho.refresh_token}, timeout=10
    )
    assert (revoked.status_code, revoked.json()) == (200, {"status": "success"})
    assert zoho.refresh().json() == {"error": "invalid_code"}
    assert zoho.call("GET", "/estimates").json()["code"] == 57
    again = requests.post(
        f"{zoho.origin}/oauth/v2/token/revoke", params={"token": zoho.refresh_token}, timeout=10
    )
    assert again.status_code == 400


def test_the_newer_revoke_endpoint_wants_basic_authentication(zoho):
    address, data = (
        f"{zoho.origin}/oauth/v2/revoke/token",
        {"token": zoho.refresh_token, "token_type": "refresh_token"},
    )
    assert requests.post(address, data=data, timeout=10).status_code == 401
    done = requests.post(address, data=data, auth=("foyer-sandbox-us", "sandbox-secret-us"), timeout=10)
    assert (done.status_code, zoho.refresh().json()) == (200, {"error": "invalid_code"})


def test_serverinfo_lists_every_location(stranger, sandbox):
    told = requests.get(f"{stranger.origin}/oauth/serverinfo", timeout=10).json()
    assert told["locations"] == {dc: sandbox.origin(dc) for dc in ("us", "eu", "in")}
