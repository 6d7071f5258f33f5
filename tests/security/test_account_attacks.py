"""Attacks on how clients come in: fixed sessions, half sessions, look-alike addresses, races, and what an
answer gives away.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import pytest
from flask import Flask
from redis import Redis
from redis.client import Pipeline

from cache.records.accounts.accounts import ClientAccount, normal_email
from cache.records.sign_in.second_factors import SecondFactor
from cache.records.sign_in.single_use_links import LinkKind
from cache.stores import Stores
from gateway.account.security.passwords import Passwords
from gateway.account.security.second_factors import hashed, is_right_code, new_recovery_codes, new_secret
from gateway.merchant.clients.homoglyphs import describe_homoglyphs
from gateway.web.access import Access
from tests.gateway.app_codes import App
from tests.gateway.browser import Browser
from tests.gateway.mailbox import Mailbox
from tests.gateway.sample_documents import CUSTOMER, PERSON, a_customer
from tests.gateway.seeding import ORG, PASSWORD, Seeding
from tests.security.test_route_access import places
from tests.security.two_organisations import TwoOrganisations
from workers.services import Services

EMAIL, NEW = "mike@kettle.example", "seven boats on the tide"
HOMOGLYPHS = [
    "mi\u212ae@kettle.example",
    "m\u0456ke@kettle.example",
    "mike@\u212aettle.example",
    "mike@kettle.example\u200b",
]
"""With the Kelvin sign, the Cyrillic i, the Kelvin sign in the domain, and a space of no width."""
AT_ONCE = 8


@pytest.fixture
def seed(services: Services) -> Seeding:
    seeding = Seeding(services)
    seeding.connect()
    seeding.has(a_customer())
    seeding.synced()
    return seeding


@pytest.fixture
def mike(seed: Seeding) -> ClientAccount:
    return seed.client(CUSTOMER, PERSON, email=EMAIL, name="Mike Kettle")


@pytest.fixture
def factor(services: Services, mike: ClientAccount) -> SecondFactor:
    """Mike has a second factor."""
    return services.second_factors.set_up(
        mike.id, new_secret(), step=0, salt="00" * 16, codes=["none of them"]
    )


def half_way(app: Flask) -> Browser:
    browser = Browser(app)
    browser.sign_in(EMAIL, PASSWORD)
    assert browser.answer.headers["Location"] == "/sign-in/code"
    return browser


def test_a_half_session_opens_no_page_of_a_client(app: Flask, services: Services) -> None:
    """Over the whole URL map, so that no new page can forget it."""
    organisations, browser, walked = TwoOrganisations(app), Browser(app), 0
    services.second_factors.set_up(
        f"account-{PERSON}", new_secret(), step=0, salt="00" * 16, codes=["none of them"]
    )
    browser.sign_in("nora@northwind.example", PASSWORD)
    assert browser.answer.headers["Location"] == "/sign-in/code"
    for place in places(organisations):
        if place.access is Access.CLIENT and place.method == "GET":
            assert browser.status_of(place.address) in (303, 401), place.address
            walked += 1
    assert walked > 20


@pytest.mark.parametrize("endpoint", ["password", "link", "reset"])
def test_an_id_from_before_any_door_is_worth_nothing_behind_it(
    app: Flask, services: Services, mike: ClientAccount, factor: SecondFactor, endpoint: str
) -> None:
    """The attacker has put an id of theirs into the browser, or has seen the one of the half session."""
    browser = Browser(app)
    browser.get("/sign-in")
    fixed = browser.cookie()
    if endpoint == "password":
        browser.send("/sign-in", {"email": EMAIL, "password": PASSWORD})
    else:
        links = services.sign_in_links if endpoint == "link" else services.reset_links
        path = ("/sign-in/link/" if endpoint == "link" else "/password/new/") + links.make(EMAIL)
        browser.get(path)
        browser.send(path, {} if endpoint == "link" else {"password": NEW, "again": NEW})
    half = browser.cookie()
    browser.follow()
    browser.send("/sign-in/code", {"code": App(factor.secret).at(0)})
    whole = browser.cookie()
    assert len({fixed, half, whole}) == 3
    assert (
        services.sessions.get(fixed) is None
        and services.sessions.get(half) is None
        and services.sessions.get(whole) is not None
    )


def test_whoever_is_revoked_half_way_does_not_come_in(
    app: Flask, seed: Seeding, mike: ClientAccount, factor: SecondFactor
) -> None:
    browser = half_way(app)
    browser.follow()
    seed.revoke(mike.id)
    browser.send("/sign-in/code", {"code": App(factor.secret).at(0)})
    assert browser.answer.headers["Location"] == "/sign-in"


def test_one_code_lets_one_in_of_many_at_the_same_moment(
    app: Flask, services: Services, mike: ClientAccount
) -> None:
    codes = new_recovery_codes()
    with app.app_context():
        salt, hashes = hashed(codes)
    factor = services.second_factors.set_up(mike.id, new_secret(), step=0, salt=salt, codes=hashes)
    for code in (App(factor.secret).at(0), codes[0]):
        together = threading.Barrier(AT_ONCE)

        def give(_: int, code: str = code, together: threading.Barrier = together) -> bool:
            together.wait()
            with app.app_context():
                return is_right_code(factor, code)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            assert list(pool.map(give, range(AT_ONCE))).count(True) == 1


@pytest.mark.parametrize("email", HOMOGLYPHS)
def test_a_look_alike_address_is_somebody_else(
    app: Flask, seed: Seeding, services: Services, mike: ClientAccount, email: str
) -> None:
    """Neither its sign-in nor its letters reach the account it looks like."""
    assert normal_email(email) != normal_email(EMAIL) and describe_homoglyphs(email)
    other = seed.client(
        CUSTOMER, "46000000002999", email=email, name="Somebody", password="another one altogether"
    )
    assert [account.id for account in services.accounts.by_email(EMAIL)] == [mike.id]
    assert [account.id for account in services.accounts.by_email(email)] == [other.id]
    browser = Browser(app)
    browser.get("/by-mail/reset")
    browser.send("/by-mail/reset", {"email": email})
    assert Mailbox(services, EMAIL, ORG).emails() == []
    browser.get("/sign-in")
    assert browser.try_password(email, PASSWORD) == 422


def test_letters_of_another_case_are_the_same_address() -> None:
    assert (
        normal_email(" Nora@NORTHWIND.example ") == "nora@northwind.example"
        and describe_homoglyphs("nora@northwind.example") == ""
    )


@pytest.mark.parametrize("kind", ["reset", "sign_in"])
def test_asking_for_a_link_does_the_same_work_for_every_address(
    app: Flask, mike: ClientAccount, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Told by the commands that the stores get: the time they take follows from them."""
    done: list[str] = []
    one_by_one, together = Redis.execute_command, Pipeline.execute

    def execute_command(self: Redis, *args: Any, **options: Any) -> Any:
        done.append(str(args[0]))
        return one_by_one(self, *args, **options)

    def execute(self: Pipeline, *args: Any, **options: Any) -> Any:
        done.extend(str(item[0][0]) for item in self.command_stack)
        return together(self, *args, **options)

    monkeypatch.setattr(Redis, "execute_command", execute_command)
    monkeypatch.setattr(Pipeline, "execute", execute)
    work, answers = {}, {}
    for email in ("warm@up.example", EMAIL, "nobody@nowhere.example"):
        browser = Browser(app)
        browser.get(f"/by-mail/{kind}")
        done.clear()
        browser.send(f"/by-mail/{kind}", {"email": email})
        work[email] = list(done)
        answers[email] = (
            browser.answer.status,
            sorted(name for name, _ in browser.answer.headers),
            browser.answer.headers["Location"],
        )
    assert work[EMAIL] == work["nobody@nowhere.example"] and len(work[EMAIL]) > 3
    assert answers[EMAIL] == answers["nobody@nowhere.example"]


def test_a_form_of_a_tab_from_before_is_refused_and_nothing_is_lost(
    app: Flask, services: Services, mike: ClientAccount
) -> None:
    browser = Browser(app)
    browser.sign_in(EMAIL, PASSWORD)
    page = "/details/security/password"
    browser.get(page)
    old_tab = {"csrf_token": str(browser.form(page).select("input[name=csrf_token]")[0]["value"])}
    browser.send(page, {"old": PASSWORD, "password": NEW, "again": NEW})
    browser.post(
        page,
        {**old_tab, "old": NEW, "password": "another one altogether", "again": "another one altogether"},
        status=400,
    )
    account = services.accounts.get(mike.id)
    assert account is not None and Passwords().is_right(NEW, account.password_hash)


@pytest.mark.parametrize(
    "email",
    [f"{EMAIL}\r\nBcc: thief@x.example", f"{EMAIL},thief@x.example", f"thief@x.example,{EMAIL}", "%", "'"],
)
def test_a_letter_goes_to_the_kept_address_or_to_nobody(
    app: Flask, services: Services, mike: ClientAccount, email: str
) -> None:
    browser = Browser(app)
    browser.get("/by-mail/reset")
    browser.send("/by-mail/reset", {"email": email})
    assert Mailbox(services, EMAIL, ORG).emails() == [] and services.emails.recent(ORG) == []


def test_a_copied_store_opens_no_link_and_no_second_step(
    app: Flask, services: Services, stores: Stores, mike: ClientAccount, factor: SecondFactor
) -> None:
    secrets = [
        services.reset_links.make(EMAIL),
        services.sign_in_links.make(EMAIL),
        services.invitations.make(mike.id),
        factor.secret,
    ]
    secrets.append(services.second_factors.offer("a session", new_secret()))
    wish = services.link_requests.record(LinkKind.RESET, EMAIL)
    kept = everything(stores.records)
    assert mike.email in kept, "nothing would be found in what was not read"
    assert [secret for secret in (*secrets, wish.secret) if secret in kept] == []


def everything(records: Redis) -> str:
    """Every key and value, as whoever copies the store reads them."""
    read: dict[str, Callable[[str], Any]] = {
        "string": records.get,
        "hash": records.hgetall,
        "set": records.smembers,
        "zset": lambda key: records.zrange(key, 0, -1),
        "list": lambda key: records.lrange(key, 0, -1),
    }
    return str([(key, read[str(records.type(key))](key)) for key in cast(list[str], records.keys("*"))])
