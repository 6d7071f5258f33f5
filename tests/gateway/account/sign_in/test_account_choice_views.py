"""One address, several accounts: at two merchants, or for two customers. Which one is asked, and the walls
between stay.
"""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from cache.records.accounts.accounts import ClientAccount
from cache.records.connections.connection import ConnectionState
from gateway.account.security.passwords import Passwords
from gateway.account.sign_in.opened_accounts import CHECKS
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import an_estimate
from tests.gateway.seeding import ORG, PASSWORD, Seeding
from workers.services import Services

EMAIL, OTHER_ORG = "nora@northwind.example", "us-600999"
HERE = "account-46000000002001"


@pytest.fixture
def second(seed: Seeding) -> ClientAccount:
    """The same person at another merchant, with the same password."""
    seed.connect(OTHER_ORG, name="Second House")
    seed.synced(OTHER_ORG)
    return seed.client("46000000009001", "46000000009002", email=EMAIL, name="Nora's Boats", org=OTHER_ORG)


@pytest.fixture
def browser(app: Flask, second: ClientAccount) -> Browser:
    """She has signed in and is asked which account."""
    browser = Browser(app)
    browser.sign_in(EMAIL, PASSWORD)
    return browser


def choose(browser: Browser, account_id: str, *, status: int = 303, **fields: str) -> None:
    token = str(browser.page.select("input[name=csrf_token]")[0]["value"])
    browser.post("/accounts", {"account_id": account_id, "csrf_token": token, **fields}, status=status)


def close(services: Services, org: str) -> None:
    services.connections.mark(org, ConnectionState.DISCONNECTED)


def test_who_has_several_accounts_is_asked_which(
    browser: Browser, second: ClientAccount, services: Services
) -> None:
    browser.follow()
    words = [element.get_text(" ", strip=True) for element in browser.page.select("main form button")]
    assert words == [
        "Northwind Traders, with Harbour Light Studio",
        "Nora's Boats, with Second House",
        "Sign out",
    ]
    browser.get("/estimates", status=303)
    browser.get("/accounts")
    choose(browser, second.id)
    browser.follow()
    assert "Second House" in str(browser.page.title)


def test_the_page_asked_for_before_comes_after_the_choice(app: Flask, second: ClientAccount) -> None:
    browser = Browser(app)
    browser.get("/invoices", status=303)
    browser.follow()
    browser.send("/sign-in", {"email": EMAIL, "password": PASSWORD})
    browser.follow()
    choose(browser, second.id, next=str(browser.page.select("input[name=next]")[0]["value"]))
    assert browser.answer.headers["Location"] == "/invoices"


def test_the_choice_leads_to_no_other_site(browser: Browser, second: ClientAccount) -> None:
    browser.follow()
    choose(browser, second.id, next="//evil.example/")
    assert browser.answer.headers["Location"] == "/"


def test_switching_gives_a_new_session_for_that_account_alone(
    browser: Browser, seed: Seeding, second: ClientAccount, services: Services
) -> None:
    seed.has(an_estimate())
    browser.follow()
    choose(browser, HERE)
    before = browser.cookie()
    browser.get(f"/estimates/{an_estimate().id}")
    browser.get("/accounts")
    choose(browser, second.id)
    session = services.sessions.get(browser.cookie())
    assert session is not None and (session.subject, session.org) == (second.id, OTHER_ORG)
    assert before != browser.cookie() and services.sessions.get(before) is None
    browser.get(f"/estimates/{an_estimate().id}", status=404)


def test_the_menu_leads_to_the_others_and_only_where_there_are_some(browser: Browser, otto: Browser) -> None:
    browser.follow()
    choose(browser, HERE)
    browser.follow()
    for page in ("/", "/details"):
        browser.get(page)
        assert browser.page.find("a", href="/accounts")
    assert "Switch to another of your accounts" in browser.text
    otto.get("/details")
    assert not otto.page.find("a", href="/accounts")


def test_switching_does_not_make_a_session_last_longer(
    browser: Browser, second: ClientAccount, services: Services
) -> None:
    browser.follow()
    choose(browser, HERE)
    began = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=services.sessions.lifetimes["client"].whole - 3600)
    kept = services.sessions.get(browser.cookie())
    assert kept is not None
    cookie, _ = services.sessions.start("client", HERE, ORG, opened=kept.opened, since=began)
    browser.set_cookie("foyer", cookie)
    browser.get("/accounts")
    choose(browser, second.id)
    session = services.sessions.get(browser.cookie())
    assert session is not None and session.started_at == began


def test_an_account_with_another_password_is_not_offered(
    app: Flask, seed: Seeding, second: ClientAccount, services: Services
) -> None:
    services.accounts.save(second.with_password(Passwords().hash("another one altogether")))
    browser = Browser(app)
    browser.sign_in(EMAIL, PASSWORD)
    assert browser.answer.headers["Location"] == "/"
    browser.get("/accounts")
    choose(browser, second.id, status=422)
    assert "cannot be opened" in browser.text
    session = services.sessions.get(browser.cookie())
    assert session is not None and session.subject == HERE


@pytest.mark.parametrize("change", ["revoked", "another password since", "disconnected"])
def test_what_is_no_longer_hers_is_no_longer_offered(
    browser: Browser, seed: Seeding, second: ClientAccount, services: Services, change: str
) -> None:
    browser.follow()
    if change == "revoked":
        seed.revoke(second.id)
    elif change == "disconnected":
        close(services, OTHER_ORG)
    else:
        services.accounts.save(second.with_password(Passwords().hash("another one altogether")))
    choose(browser, second.id, status=422)
    assert "Second House" not in browser.text and "Harbour Light Studio" in browser.text


def test_somebody_elses_account_cannot_be_chosen(browser: Browser, services: Services) -> None:
    browser.follow()
    choose(browser, "account-46000000002002", status=422)
    session = services.sessions.get(browser.cookie())
    assert session is not None and session.kind == "half"


def test_without_a_sign_in_there_is_nothing_to_choose(visitor: Browser, second: ClientAccount) -> None:
    visitor.get("/accounts", status=303)
    visitor.follow()
    choose(visitor, second.id)
    assert visitor.answer.headers["Location"] == "/sign-in"


def test_the_account_at_a_merchant_who_left_does_not_stand_in_the_way(
    app: Flask, second: ClientAccount, services: Services
) -> None:
    close(services, ORG)
    browser = Browser(app)
    browser.sign_in(EMAIL, PASSWORD)
    browser.follow()
    assert "Second House" in str(browser.page.title)


def test_who_has_an_account_only_at_a_merchant_who_left_is_told_so(
    visitor: Browser, services: Services
) -> None:
    close(services, ORG)
    visitor.get("/sign-in")
    visitor.send("/sign-in", {"email": EMAIL, "password": PASSWORD}, status=410)
    assert "Harbour Light Studio closed this client portal" in visitor.text


def test_a_closed_portal_leads_to_the_other_account(browser: Browser, services: Services) -> None:
    browser.follow()
    choose(browser, HERE)
    close(services, ORG)
    browser.get("/", status=410)
    assert browser.page.find("a", href="/accounts")


@pytest.mark.parametrize(
    "email", ["nobody@nowhere.example", "otto@southgate.example", EMAIL, "new@northwind.example"]
)
@pytest.mark.usefixtures("second")
def test_every_try_costs_the_same_checks(
    visitor: Browser, seed: Seeding, services: Services, monkeypatch: pytest.MonkeyPatch, email: str
) -> None:
    """Unknown, one account, two accounts, invited but without a password; wrong and right."""
    seed.client("46000000001001", "46000000002009", email="new@northwind.example", name="New", password="")
    checked: list[str | None] = []
    original = Passwords.is_right

    def is_right(self: Passwords, given: str, kept: str | None) -> bool:
        checked.append(kept)
        return original(self, given, kept)

    monkeypatch.setattr(Passwords, "is_right", is_right)
    visitor.get("/sign-in")
    for password in ("not this one", PASSWORD):
        checked.clear()
        visitor.get("/sign-in")
        visitor.try_password(email, password)
        assert len(checked) == CHECKS
    assert set(checked) - {None} == {
        account.password_hash for account in services.accounts.by_email(email)
    } - {None}


@pytest.mark.parametrize("page", ["/", "/details", "/estimates", "/contact"])
def test_which_account_is_open_stands_in_every_header(
    browser: Browser, second: ClientAccount, page: str
) -> None:
    browser.follow()
    choose(browser, HERE)
    head = browser.get(page).find("header")
    assert (
        head.select_one(".open-account strong").get_text() == "Northwind Traders, with Harbour Light Studio"
    )
    assert head.select_one(".open-account a[href='/accounts']")


def test_who_has_one_account_reads_no_such_line(nora: Browser) -> None:
    assert not nora.get("/").select(".open-account")
