"""A client changes the password, and sees and ends the sessions."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from cache.records.sign_in.sessions import Lifetime, Sessions
from gateway.account.security.passwords import Passwords
from gateway.web.devices import device_of
from tests.gateway.browser import Browser
from tests.gateway.mailbox import Mailbox
from tests.gateway.seeding import ORG, PASSWORD, Seeding
from workers.services import Services

EMAIL, NORA, NEW = "nora@northwind.example", "account-46000000002001", "seven boats on the tide"
PASSWORD_PAGE, END, END_OTHERS = (
    "/details/security/password",
    "/details/security/sessions/end",
    "/details/security/sessions/end-others",
)


def change(
    browser: Browser, *, old: str = PASSWORD, password: str = NEW, again: str = "", status: int = 303
) -> None:
    browser.get(PASSWORD_PAGE)
    browser.send(PASSWORD_PAGE, {"old": old, "password": password, "again": again or password}, status=status)


@pytest.fixture
def elsewhere(app: Flask, nora: Browser) -> Browser:
    """Nora, signed in with another browser."""
    browser = Browser(app)
    browser.sign_in(EMAIL, PASSWORD)
    return browser


def test_a_new_password_ends_every_other_session_and_keeps_this_one_under_a_new_id(
    nora: Browser, elsewhere: Browser, services: Services
) -> None:
    before = nora.cookie()
    change(nora)
    nora.follow()
    assert "Your password is changed" in nora.text
    assert nora.cookie() != before and services.sessions.get(before) is None
    elsewhere.get("/", status=303)
    assert elsewhere.retry_password(EMAIL, PASSWORD) == 422
    assert elsewhere.retry_password(EMAIL, NEW) == 303


def test_a_letter_and_the_log_tell_of_it(nora: Browser, services: Services) -> None:
    change(nora)
    email = Mailbox(services, EMAIL, ORG).emails()[0]
    assert (
        email.subject == "Your password was changed"
        and "/by-mail/reset" in email.text
        and NEW not in email.text
    )
    assert services.activity.recent(ORG, 1)[0].event == "password_changed"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"old": "not this one"}, "not your current password"),
        ({"password": "short"}, "at least 8 characters"),
        ({"password": "password1234!"}, "everybody tries first"),
        ({"password": "Northwind 2026"}, "your own name or address, nor a company"),
        ({"password": "harbour.light.studio"}, "your own name or address, nor a company"),
        ({"password": "NoraWest!!1"}, "your own name or address, nor a company"),
        ({"password": NEW, "again": NEW + "!"}, "not the same"),
        ({"password": PASSWORD}, "another one than your current password"),
    ],
)
def test_what_does_not_fit_is_explained_and_nothing_changes(
    nora: Browser, services: Services, fields: dict[str, str], expected: str
) -> None:
    before = services.accounts.get(NORA)
    change(nora, **fields, status=422)
    assert expected in nora.text
    assert services.accounts.get(NORA) == before


def test_the_old_password_cannot_be_guessed_in_a_session_left_open(nora: Browser) -> None:
    for _ in range(5):
        change(nora, old="a guess", status=422)
    change(nora, status=429)
    assert "too many tries" in nora.text


def test_all_accounts_that_the_old_password_opens_get_the_new_one(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    seed.connect("us-600999", name="Second House")
    second = seed.client("46000000001001", "46000000002777", email=EMAIL, name="Nora West", org="us-600999")
    third = seed.client(
        "46000000001002",
        "46000000002778",
        email=EMAIL,
        name="Nora",
        org="us-600999",
        password="another one altogether",
    )
    change(nora)
    after = {account.id: account.password_hash or "" for account in services.accounts.by_email(EMAIL)}
    assert Passwords().is_right(NEW, after[second.id]) and Passwords().is_right(
        "another one altogether", after[third.id]
    )


def test_the_sessions_are_listed_and_one_is_ended(nora: Browser, elsewhere: Browser, otto: Browser) -> None:
    nora.get("/details/security")
    assert nora.text.count("Since ") == 2 and "This one" in nora.text
    nora.send(END)
    nora.follow()
    assert nora.text.count("Since ") == 1
    elsewhere.get("/", status=303)
    otto.get("/")


def test_all_others_are_ended_at_once(nora: Browser, elsewhere: Browser) -> None:
    nora.get("/details/security")
    nora.send(END_OTHERS)
    nora.follow()
    elsewhere.get("/", status=303)


def test_nobody_ends_somebody_elses_session(
    nora: Browser, elsewhere: Browser, otto: Browser, services: Services
) -> None:
    nora.get("/details/security")
    (his,) = services.sessions.of("account-46000000002002")
    nora.send(END, {"session": his.id})
    otto.get("/")


def test_a_browser_is_named_in_known_words_alone() -> None:
    edge = (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/129.0 Safari/537.36 Edg/129.0"
    )
    assert device_of(edge) == ("Edge", "Windows")
    assert device_of(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"
    ) == ("Safari", "iPhone")
    assert device_of("<script>alert(1)</script>") == ("", "")


def test_a_session_ends_when_its_whole_time_is_over_however_busy_it_was(services: Services) -> None:
    sessions = Sessions(services.stores.records, {"client": Lifetime(idle=60, whole=3600)})
    old = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=3601)
    cookie, _ = sessions.start("client", NORA, ORG, since=old)
    assert sessions.get(cookie) is None and sessions.of(NORA) == []


def test_a_session_is_kept_no_longer_than_its_idle_time_after_a_request(services: Services) -> None:
    sessions = Sessions(
        services.stores.records,
        {"client": Lifetime(idle=60, whole=3600), "half": Lifetime(idle=30, whole=3600)},
    )
    _, session = sessions.start("client", NORA, ORG)
    assert 0 < int(services.stores.records.ttl(f"session:{session.id}")) <= 60
    _, half = sessions.start("half", "", awaiting=NORA)
    assert 0 < int(services.stores.records.ttl(f"session:{half.id}")) <= 30
