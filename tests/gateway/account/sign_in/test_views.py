"""Signing in and out."""

from __future__ import annotations

import pytest

from tests.gateway.browser import Browser
from tests.gateway.seeding import PASSWORD, Seeding
from workers.services import Services

EMAIL = "nora@northwind.example"


def test_a_page_asked_for_before_signing_in_comes_after_it(visitor: Browser) -> None:
    visitor.get("/invoices?type=unpaid", status=303)
    visitor.follow()
    visitor.send("/sign-in", {"email": EMAIL, "password": PASSWORD})
    assert visitor.answer.headers["Location"] == "/invoices?type=unpaid"
    visitor.follow()


@pytest.mark.parametrize("email", [EMAIL, "nobody@nowhere.example"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(visitor: Browser, email: str) -> None:
    visitor.get("/sign-in")
    visitor.send("/sign-in", {"email": email, "password": "not this one"}, status=422)
    assert "This address and password do not belong together" in visitor.text
    visitor.get("/estimates", status=303)


def test_signing_in_gives_a_new_session_and_the_visitors_one_is_worth_nothing(
    visitor: Browser, services: Services
) -> None:
    visitor.get("/sign-in")
    before = visitor.cookie()
    visitor.send("/sign-in", {"email": EMAIL, "password": PASSWORD})
    after = visitor.cookie()
    assert before and after and before != after
    assert services.sessions.get(before) is None


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(visitor: Browser) -> None:
    visitor.get("/sign-in")
    cookie = visitor.answer.headers["Set-Cookie"]
    assert (
        cookie.startswith("foyer=")
        and "HttpOnly" in cookie
        and "SameSite=Lax" in cookie
        and "Path=/" in cookie
    )


def test_an_invited_person_without_a_password_cannot_sign_in(visitor: Browser, seed: Seeding) -> None:
    seed.client("46000000001001", "46000000002009", email="new@northwind.example", name="New", password="")
    visitor.get("/sign-in")
    visitor.send("/sign-in", {"email": "new@northwind.example", "password": "anything at all"}, status=422)


def test_guessing_is_slowed_and_the_right_password_waits_too(visitor: Browser) -> None:
    visitor.get("/sign-in")
    for _ in range(5):
        visitor.send("/sign-in", {"email": EMAIL, "password": "a guess"}, status=422)
    visitor.send("/sign-in", {"email": EMAIL, "password": PASSWORD}, status=429)
    assert "too many tries" in visitor.text


def test_empty_fields_are_named_and_the_address_is_kept(visitor: Browser) -> None:
    page = visitor.get("/sign-in")
    page = visitor.send("/sign-in", {"email": EMAIL, "password": ""}, status=422)
    assert "Please enter your password." in visitor.text
    assert page.find(id="email")["value"] == EMAIL
    assert page.find(id="password")["aria-describedby"] == "password-error"


@pytest.mark.parametrize(
    "next_page", ["https://evil.example/", "//evil.example/", "/\\evil.example", "/ok\nSet-Cookie: a=b"]
)
def test_nobody_is_sent_to_another_site_after_signing_in(visitor: Browser, next_page: str) -> None:
    visitor.get("/sign-in")
    visitor.send("/sign-in", {"email": EMAIL, "password": PASSWORD, "next": next_page})
    assert visitor.answer.headers["Location"] == "/"


def test_signing_out_ends_the_session_on_the_server(nora: Browser, services: Services) -> None:
    nora.get("/")
    cookie = nora.cookie()
    nora.send("/sign-out")
    assert services.sessions.get(cookie) is None
    nora.get("/", status=303)


def test_a_revoked_client_is_out_at_the_next_page(nora: Browser, seed: Seeding) -> None:
    nora.get("/")
    seed.revoke("account-46000000002001")
    nora.get("/", status=303)
