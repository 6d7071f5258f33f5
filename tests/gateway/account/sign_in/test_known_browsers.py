"""Strangers who guess at somebody's password do not keep them out of the browser they have signed in with."""

from __future__ import annotations

import dataclasses

import pytest
from bs4 import BeautifulSoup
from cryptography.fernet import Fernet
from flask import Flask

from cache.records.sign_in.sign_in_tries import FREE_FOR_STRANGERS, MAX_TOGETHER
from config.settings import Settings
from gateway.account.sign_in.known_browsers import KNOWN_FOR
from gateway.app import create_app
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import CUSTOMER
from tests.gateway.seeding import PASSWORD, Seeding
from workers.services import Services

EMAIL, OTHER_EMAIL = "nora@northwind.example", "otto@southgate.example"
COOKIE = "foyer-known"


@pytest.fixture
def password_guesses(services: Services) -> None:
    """They come to her account from everywhere."""
    for number in range(FREE_FOR_STRANGERS):
        services.sign_in_tries.take(EMAIL, f"198.51.100.{number}")


def elsewhere(browser: Browser) -> None:
    """The person goes on with the same browser at an address never seen before."""
    browser.move_to("203.0.113.9")


def tried(browser: Browser, email: str = EMAIL, password: str = PASSWORD) -> int:
    browser.get("/sign-in")
    return browser.try_password(email, password)


def test_a_browser_signed_in_with_before_is_not_kept_waiting(
    app: Flask, nora: Browser, password_guesses: None
) -> None:
    nora.get("/")
    nora.send("/sign-out")
    elsewhere(nora)
    assert tried(nora) == 303
    stranger = Browser(app)
    stranger.move_to("203.0.113.77")
    assert tried(stranger) == 429


def test_a_browser_is_known_for_those_who_signed_in_with_it_only(
    otto: Browser, password_guesses: None
) -> None:
    otto.get("/")
    otto.send("/sign-out")
    elsewhere(otto)
    assert tried(otto) == 429


def test_a_browser_may_be_known_for_several_people(otto: Browser, services: Services) -> None:
    otto.get("/")
    otto.send("/sign-out")
    assert tried(otto) == 303
    for number in range(FREE_FOR_STRANGERS):
        services.sign_in_tries.take(EMAIL, f"198.51.100.{number}")
        services.sign_in_tries.take(OTHER_EMAIL, f"198.51.100.{number}")
    elsewhere(otto)
    for email in (EMAIL, OTHER_EMAIL):
        otto.get("/")
        otto.send("/sign-out")
        assert tried(otto, email) == 303


def test_who_accepts_an_invitation_is_known_there(
    visitor: Browser, seed: Seeding, services: Services
) -> None:
    account = seed.client(
        CUSTOMER, "46000000002050", email="ivo@northwind.example", name="Ivo Brandt", password=""
    )
    link = f"/invitations/{services.invitations.make(account.id)}"
    visitor.get(link)
    visitor.send(link, {"password": PASSWORD, "again": PASSWORD})
    assert visitor.cookie(COOKIE)


def test_a_known_browser_may_not_guess_without_end(nora: Browser) -> None:
    nora.get("/")
    nora.send("/sign-out")
    assert [tried(nora, password="a guess") for _ in range(MAX_TOGETHER + 1)] == [422] * MAX_TOGETHER + [429]


@pytest.mark.parametrize("forgery", ["not sealed at all", "under another key"])
def test_a_forged_cookie_makes_no_browser_known(
    app: Flask, settings: Settings, password_guesses: None, seed: Seeding, forgery: str
) -> None:
    visitor = Browser(app)
    if forgery == "under another key":
        other = create_app(dataclasses.replace(settings, sealing_keys=(Fernet.generate_key().decode(),)))
        there = Browser(other)
        there.sign_in(OTHER_EMAIL, PASSWORD)
        forgery = there.cookie(COOKIE)
    elsewhere(visitor)
    visitor.set_cookie(COOKIE, forgery)
    assert tried(visitor) == 429


def test_a_cookie_that_is_too_old_makes_no_browser_known(
    nora: Browser, password_guesses: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.account.sign_in.known_browsers.time.time", lambda: 2_000_000_000 + KNOWN_FOR)
    nora.get("/")
    nora.send("/sign-out")
    elsewhere(nora)
    assert tried(nora) == 429


def test_the_cookie_is_out_of_reach_of_scripts_names_nobody_and_opens_nothing(
    app: Flask, nora: Browser
) -> None:
    cookie = next(item for item in nora.answer.headers.getlist("Set-Cookie") if item.startswith(COOKIE))
    assert (
        "HttpOnly" in cookie
        and "SameSite=Lax" in cookie
        and f"Max-Age={KNOWN_FOR}" in cookie
        and "nora" not in cookie
    )
    thief = Browser(app)
    thief.set_cookie(COOKIE, nora.cookie(COOKIE))
    thief.get("/", status=303)


def test_over_https_the_cookie_is_bound_to_this_host(settings: Settings, seed: Seeding) -> None:
    portal = "https://portal.example"
    client = create_app(dataclasses.replace(settings, portal_url=portal)).test_client()
    page = BeautifulSoup(client.get("/sign-in", base_url=portal).text, "html5lib")
    token = str(page.select("input[name=csrf_token]")[0]["value"])
    answer = client.post(
        "/sign-in", base_url=portal, data={"email": EMAIL, "password": PASSWORD, "csrf_token": token}
    )
    cookies = answer.headers.getlist("Set-Cookie")
    assert sorted(cooky.partition("=")[0] for cooky in cookies if "Secure" in cooky) == [
        "__Host-foyer",
        "__Host-foyer-known",
    ]
