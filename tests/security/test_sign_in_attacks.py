"""Sessions planted in somebody's browser, one password for many accounts, addresses that only look alike,
guesses at secrets of links.
"""

from __future__ import annotations

import secrets

import pytest
from flask import Flask

from cache.records.sign_in.link_requests import PER_ADDRESS as LINKS_PER_ADDRESS
from cache.records.sign_in.sign_in_tries import MAX_PER_ADDRESS
from tests.gateway.browser import Browser
from tests.gateway.mailbox import Mailbox
from tests.gateway.seeding import ORG, PASSWORD, Seeding
from workers.services import Services

EMAIL, OTHER = "nora@northwind.example", "otto@southgate.example"
HOMOGLYPHS = (
    "nоra@northwind.example",
    "ｎｏｒａ@northwind.example",
    "nora@northwınd.example",
    "nora@northwind.еxample",
    "nora@northwind。example",
    "nora\u200b@northwind.example",
    "nora@northwind.example\u00a0.x",
    "ɴora@northwind.example",
    "nora@ⁿorthwind.example",
    "no\u00adra@northwind.example",
    "nora@xn--rthwind-e8a.example",
    "nora@northwind.example.",
    "nora+x@northwind.example",
    "ⓝora@northwind.example",
    "nora@northwind.ｅxample",
)


def planted(app: Flask) -> tuple[Browser, str]:
    """A browser into which somebody has put the cookie of their own visit."""
    attacker, victim = Browser(app), Browser(app)
    attacker.get("/sign-in")
    victim.set_cookie("foyer", attacker.cookie())
    return victim, attacker.cookie()


def test_a_session_planted_before_the_sign_in_is_worth_nothing_after_it(app: Flask, seed: Seeding) -> None:
    victim, before = planted(app)
    victim.sign_in(EMAIL, PASSWORD)
    assert victim.cookie() not in ("", before)
    thief = Browser(app)
    thief.set_cookie("foyer", before)
    thief.get("/", status=303)


@pytest.mark.parametrize(
    "cookie", ["a" * 43, "", "0", "../../etc/passwd", "session:1", "*", "x" * 4000, "é", "a b"]
)
def test_an_id_that_was_made_up_is_not_taken_on(app: Flask, seed: Seeding, cookie: str) -> None:
    browser = Browser(app)
    browser.set_cookie("foyer", cookie)
    browser.sign_in(EMAIL, PASSWORD)
    assert browser.cookie() not in ("", cookie)
    browser.get("/")


def test_signing_out_and_in_again_opens_nothing_of_the_session_before(app: Flask, seed: Seeding) -> None:
    browser = Browser(app)
    browser.sign_in(EMAIL, PASSWORD)
    old = browser.cookie()
    browser.get("/")
    browser.send("/sign-out")
    browser.sign_in(EMAIL, PASSWORD)
    thief = Browser(app)
    thief.set_cookie("foyer", old)
    thief.get("/", status=303)


def test_one_password_for_many_accounts_is_stopped_at_its_address(
    app: Flask, seed: Seeding, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Spraying: each account only once, so that no account slows it. Another address is not held up by it."""
    sprayer, told = Browser(app), []
    sprayer.move_to("203.0.113.9")
    sprayer.get("/sign-in")
    for number in range(MAX_PER_ADDRESS + 5):
        told.append(sprayer.try_password(f"person{number}@x.example", "Summer2026!"))
    assert told[:MAX_PER_ADDRESS] == [422] * MAX_PER_ADDRESS and told[-1] == 429
    assert sprayer.try_password(EMAIL, PASSWORD) == 429, "also with the right one"
    honest = Browser(app)
    honest.move_to("203.0.113.10")
    honest.sign_in(EMAIL, PASSWORD)
    honest.get("/")


@pytest.mark.parametrize("address", HOMOGLYPHS)
def test_an_address_that_only_looks_like_hers_is_another_one(
    app: Flask, seed: Seeding, services: Services, address: str
) -> None:
    browser = Browser(app)
    browser.get("/sign-in")
    assert browser.try_password(address, PASSWORD) == 422
    assert services.accounts.by_email(address) == []


def test_a_link_asked_for_by_a_look_alike_address_is_written_to_nobody(
    app: Flask, seed: Seeding, services: Services
) -> None:
    browser = Browser(app)
    for address in HOMOGLYPHS[:8]:
        browser.get("/by-mail/reset")
        browser.send("/by-mail/reset", {"email": address})
    assert Mailbox(services, EMAIL, ORG).emails() == []
    assert [email for address in HOMOGLYPHS[:8] for email in Mailbox(services, address, ORG).emails()] == []


def test_the_secret_of_a_link_is_not_found_by_guessing(app: Flask, seed: Seeding, services: Services) -> None:
    """Near misses, guesses, and what is kept of it: none opens, and the real one still does."""
    browser = Browser(app)
    browser.get("/by-mail/reset")
    browser.send("/by-mail/reset", {"email": EMAIL})
    link = Mailbox(services, EMAIL, ORG).link()
    path, _, secret = link.rpartition("/")
    assert len(secret) >= 40, "more than 200 bits"
    kept = [key.rpartition(":")[2] for key in services.stores.records.scan_iter("*")]
    near = [
        secret[:-1],
        secret.swapcase(),
        secret[1:] + secret[0],
        secret + "A",
        "A" * len(secret),
        secret.replace(secret[0], "_"),
    ]
    guesses = [
        *near,
        *(item for item in kept if 16 <= len(item) <= 128),
        *(secrets.token_urlsafe(32) for _ in range(200)),
    ]
    for guess in guesses:
        page = app.test_client().get(f"{path}/{guess}").get_data(as_text=True)
        assert EMAIL not in page and 'name="password"' not in page, guess
    browser.get(link)
    assert browser.page.select_one("input[name=password]")


def test_asking_for_links_for_many_addresses_is_stopped_at_ones_own(app: Flask, seed: Seeding) -> None:
    browser, told = Browser(app), []
    browser.move_to("203.0.113.11")
    for number in range(LINKS_PER_ADDRESS.most + 2):
        browser.get("/by-mail/reset")
        fields = {
            "email": f"person{number}@x.example",
            "csrf_token": str(browser.page.select_one("input[name=csrf_token]")["value"]),
        }  # type: ignore[index]
        browser.answer = browser._client.post("/by-mail/reset", data=fields)
        told.append(browser.answer.status_code)
    assert told[0] == 303 and told[-1] == 429
