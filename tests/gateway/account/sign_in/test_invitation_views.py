"""The link of an invitation: kind to everybody, useful once."""

from __future__ import annotations

import datetime as dt

import pytest

from cache.records.accounts.accounts import AccountState
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import CUSTOMER
from tests.gateway.seeding import Seeding
from workers.services import Services

CHOSEN = "seven boats on the tide"


@pytest.fixture
def link(seed: Seeding) -> str:
    account = seed.client(
        CUSTOMER, "46000000002050", email="ivo@northwind.example", name="Ivo Brandt", password=""
    )
    return f"/invitations/{seed.services.invitations.make(account.id)}"


def test_the_link_sets_a_password_and_signs_in(visitor: Browser, link: str, services: Services) -> None:
    visitor.get(link)
    assert "Welcome, Ivo Brandt" in visitor.text and "Harbour Light Studio invites you" in visitor.text
    visitor.send(link, {"password": CHOSEN, "again": CHOSEN})
    visitor.follow()
    assert "Hello Ivo Brandt" in visitor.text
    (account,) = services.accounts.by_email("ivo@northwind.example")
    assert account.state is AccountState.ACTIVE and CHOSEN not in (account.password_hash or "")
    visitor.send("/sign-out")
    visitor.sign_in("IVO@northwind.example", CHOSEN)
    visitor.follow()


def test_looking_at_the_link_uses_nothing_up(visitor: Browser, link: str) -> None:
    visitor.get(link)
    visitor.get(link)


def test_a_used_link_says_so_and_sets_no_second_password(visitor: Browser, link: str) -> None:
    visitor.get(link)
    form = {"password": CHOSEN, "again": CHOSEN}
    visitor.send(link, form)
    visitor.get(link, status=410)
    assert "has been used" in visitor.text
    visitor.get("/")
    token = str(visitor.page.find("input", attrs={"name": "csrf_token"})["value"])
    visitor.post(link, {**form, "password": "another one altogether", "csrf_token": token}, status=410)


def test_an_expired_link_says_what_to_do(visitor: Browser, seed: Seeding) -> None:
    account = seed.client(
        CUSTOMER, "46000000002051", email="late@northwind.example", name="Late", password=""
    )
    secret = seed.services.invitations.make(account.id, life=dt.timedelta(seconds=-1))
    visitor.get(f"/invitations/{secret}", status=410)
    assert "has run out" in visitor.text and "Ask Harbour Light Studio" in visitor.text


def test_an_unknown_link_does_not_tell_whether_it_ever_was(visitor: Browser) -> None:
    visitor.get("/invitations/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", status=404)
    assert "not known" in visitor.text


def test_the_link_of_a_revoked_person_opens_nothing(visitor: Browser, link: str, seed: Seeding) -> None:
    seed.revoke("account-46000000002050")
    visitor.get(link, status=410)


@pytest.mark.parametrize(
    ("password", "again", "expected"),
    [
        ("short", "short", "at least 8 characters"),
        ("password123", "password123", "everybody tries first"),
        ("ivo@northwind.example", "ivo@northwind.example", "your own name or address"),
        (CHOSEN, CHOSEN + "!", "not the same"),
        ("", "", "Please choose a password."),
        ("x" * 129, "x" * 129, "at most 128"),
    ],
)
def test_an_unfit_password_is_explained_and_the_link_stays_good(
    visitor: Browser, link: str, password: str, again: str, expected: str
) -> None:
    visitor.get(link)
    visitor.send(link, {"password": password, "again": again}, status=422)
    assert expected in visitor.text
    visitor.send(link, {"password": CHOSEN, "again": CHOSEN})


def test_a_field_our_page_does_not_have_is_refused(visitor: Browser, link: str) -> None:
    visitor.get(link)
    visitor.send(link, {"password": CHOSEN, "again": CHOSEN, "email": "evil@evil.example"}, status=400)


@pytest.fixture
def german(link: str, services: Services) -> str:
    """The link of somebody whose customer is German in Zoho."""
    (account,) = services.accounts.by_email("ivo@northwind.example")
    services.accounts.set_preferences(account.id, language="de")
    return link


def test_the_page_speaks_the_language_that_zoho_has_for_the_customer(visitor: Browser, german: str) -> None:
    assert "Willkommen" in visitor.get(german).get_text()
    visitor.send(german, {"password": "kurz", "again": "kurz"}, status=422)
    assert visitor.page.html is not None and visitor.page.html["lang"] == "de"
    visitor.send(german, {"password": CHOSEN, "again": CHOSEN})
    visitor.follow()
    assert visitor.page.html["lang"] == "de"


def test_what_was_chosen_in_the_browser_stands_before_it_and_is_kept(
    visitor: Browser, german: str, services: Services
) -> None:
    visitor.get("/language/fr", status=303)
    assert "Bienvenue" in visitor.get(german).get_text()
    visitor.send(german, {"password": CHOSEN, "again": CHOSEN})
    (account,) = services.accounts.by_email("ivo@northwind.example")
    assert account.language == "fr"
