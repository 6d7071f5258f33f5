"""Links by mail: to a new password, and into the portal. Used once, by a button, by whoever has the
mailbox.
"""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from cache.records.accounts.accounts import ClientAccount
from cache.records.connections.connection import ConnectionState
from cache.records.sign_in.link_requests import PER_ADDRESS, PER_MAILBOX
from gateway.account.security.passwords import Passwords
from tests.gateway.browser import Browser
from tests.gateway.mailbox import Mailbox
from tests.gateway.seeding import ORG, PASSWORD, Seeding
from workers.services import Services

EMAIL, NORA, NEW = "nora@northwind.example", "account-46000000002001", "seven boats on the tide"
OTHER_ORG, KINDS = "us-600999", ["reset", "sign_in"]
FIELDS = {"password": NEW, "again": NEW}


@pytest.fixture
def mailbox(services: Services) -> Mailbox:
    return Mailbox(services, EMAIL, ORG)


@pytest.fixture
def second(seed: Seeding) -> ClientAccount:
    """The same person at another merchant, with another password."""
    seed.connect(OTHER_ORG, name="Second House")
    return seed.client(
        "46000000001001",
        "46000000002777",
        email=EMAIL,
        name="Nora West",
        org=OTHER_ORG,
        password="another one altogether",
    )


def ask(browser: Browser, kind: str, email: str = EMAIL, *, status: int = 303) -> None:
    browser.get(f"/by-mail/{kind}")
    browser.send(f"/by-mail/{kind}", {"email": email}, status=status)


def use(browser: Browser, link: str, *, status: int = 303) -> None:
    browser.get(link)
    browser.send(link, FIELDS if "password" in link else {}, status=status)


def test_a_forgotten_password_is_chosen_anew_and_every_session_ends(
    visitor: Browser, nora: Browser, mailbox: Mailbox, services: Services
) -> None:
    ask(visitor, "reset")
    visitor.follow()
    visitor.get(mailbox.link())
    assert "Northwind Traders, with Harbour Light Studio" in visitor.text and EMAIL in visitor.text
    use(visitor, mailbox.link())
    visitor.follow()
    assert "Hello Nora West" in visitor.text
    nora.get("/", status=303)
    assert nora.retry_password(EMAIL, PASSWORD) == 422 and nora.retry_password(EMAIL, NEW) == 303
    assert mailbox.kinds()[0] == "password_changed"


def test_a_link_signs_in_without_the_password(visitor: Browser, nora: Browser, mailbox: Mailbox) -> None:
    ask(visitor, "sign_in")
    use(visitor, mailbox.link())
    visitor.follow()
    assert "Hello Nora West" in visitor.text
    nora.get("/")


@pytest.mark.parametrize("kind", KINDS)
def test_looking_uses_nothing_up_and_pressing_works_once(
    app: Flask, visitor: Browser, mailbox: Mailbox, kind: str
) -> None:
    """What mail programs fetch is not what a person presses."""
    ask(visitor, kind)
    link, other = mailbox.link(), Browser(app)
    for _ in range(3):
        other.get(link)
    use(visitor, link)
    other.send(link, FIELDS if kind == "reset" else {}, status=410)
    other.get(link, status=410)
    assert "has been used" in other.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_that_ran_out_offers_one_button_to_a_new_one(
    visitor: Browser, mailbox: Mailbox, services: Services, kind: str
) -> None:
    links = services.reset_links if kind == "reset" else services.sign_in_links
    secret = links.make(EMAIL, life=dt.timedelta(seconds=-1))
    visitor.get(f"/password/new/{secret}" if kind == "reset" else f"/sign-in/link/{secret}", status=410)
    assert "has run out" in visitor.text and EMAIL not in visitor.text
    visitor.send(f"/by-mail/{kind}/{secret}/again")
    use(visitor, mailbox.link())


@pytest.mark.parametrize("path", ["/password/new/", "/sign-in/link/"])
def test_a_guessed_link_does_not_tell_whether_it_ever_was(visitor: Browser, path: str) -> None:
    visitor.get(path + "A" * 43, status=404)
    assert "not known" in visitor.text


@pytest.mark.parametrize("kind", KINDS)
def test_of_two_letters_the_newer_one_counts(visitor: Browser, mailbox: Mailbox, kind: str) -> None:
    ask(visitor, kind)
    older = mailbox.link()
    ask(visitor, kind)
    newer = mailbox.link()
    visitor.get(older, status=410)
    use(visitor, newer)


@pytest.mark.parametrize(
    "email", ["nobody@nowhere.example", "new@northwind.example", "NORA@NORTHWIND.EXAMPLE "]
)
@pytest.mark.parametrize("kind", KINDS)
def test_nobody_learns_from_the_answer_whose_address_it_is(
    visitor: Browser, seed: Seeding, services: Services, mailbox: Mailbox, kind: str, email: str
) -> None:
    seed.client("46000000001001", "46000000002009", email="new@northwind.example", name="New", password="")
    ask(visitor, kind, email)
    assert visitor.answer.headers["Location"] == f"/by-mail/{kind}/sent"
    visitor.follow()
    assert email.strip() not in visitor.text
    assert len(mailbox.emails()) == email.startswith("NORA") and Mailbox(services, email, ORG).emails() == []


def test_a_mailbox_gets_few_letters_and_the_answer_stays_the_same(visitor: Browser, mailbox: Mailbox) -> None:
    for number in range(PER_MAILBOX.most + 3):
        visitor.move_to(f"198.51.100.{number}")
        ask(visitor, KINDS[number % 2])
    assert len(mailbox.emails()) == PER_MAILBOX.most


def test_one_network_address_asks_so_often_and_others_go_on(
    visitor: Browser, services: Services, mailbox: Mailbox
) -> None:
    for number in range(PER_ADDRESS.most):
        services.link_requests.allow(f"somebody-{number}@nowhere.example", "127.0.0.1")
    ask(visitor, "reset", status=429)
    assert "too many tries" in visitor.text and mailbox.emails() == []
    visitor.move_to("198.51.100.77")
    ask(visitor, "reset")
    assert len(mailbox.emails()) == 1


def test_one_letter_names_all_accounts_and_belongs_to_no_merchant(
    visitor: Browser, second: ClientAccount, mailbox: Mailbox, services: Services
) -> None:
    ask(visitor, "reset")
    (email,) = mailbox.emails()
    assert (
        "- Northwind Traders – Harbour Light Studio\n- Nora West – Second House" in email.text
        and email.org == ""
    )
    use(visitor, mailbox.link())
    visitor.follow()
    assert "Second House" in visitor.text and "Harbour Light Studio" in visitor.text
    assert all(
        Passwords().is_right(NEW, account.password_hash) for account in services.accounts.by_email(EMAIL)
    )


def test_a_link_opens_nothing_for_whoever_was_revoked_meanwhile(
    visitor: Browser, mailbox: Mailbox, seed: Seeding
) -> None:
    for kind in KINDS:
        ask(visitor, kind)
        link = mailbox.link()
        seed.revoke(NORA)
        visitor.get(link, status=410)
        seed.services.accounts.save(
            seed.client("46000000001001", "46000000002001", email=EMAIL, name="Nora West")
        )


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_from_before_the_password_was_changed_is_closed(
    nora: Browser, visitor: Browser, mailbox: Mailbox, kind: str
) -> None:
    ask(visitor, kind)
    link = mailbox.link()
    nora.get("/details/security/password")
    nora.send("/details/security/password", {"old": PASSWORD, **FIELDS})
    visitor.get(link, status=410)


def test_a_merchant_who_wants_no_links_is_left_out(
    visitor: Browser, second: ClientAccount, mailbox: Mailbox, seed: Seeding
) -> None:
    ask(visitor, "sign_in")
    link = mailbox.link()
    seed.settings(may_sign_in_by_link=False)
    visitor.get(link)
    assert "Second House" in visitor.text and "Harbour Light" not in visitor.text
    seed.settings(OTHER_ORG, may_sign_in_by_link=False)
    visitor.get(link, status=410)
    ask(visitor, "sign_in")
    assert len(mailbox.emails()) == 1
    ask(visitor, "reset")
    assert len(mailbox.emails()) == 2


def test_a_closed_portal_sends_no_letters(visitor: Browser, seed: Seeding, mailbox: Mailbox) -> None:
    seed.connect(state=ConnectionState.DISCONNECTED)
    ask(visitor, "reset")
    assert mailbox.emails() == []


def test_an_unfit_password_leaves_the_link_good(visitor: Browser, mailbox: Mailbox) -> None:
    ask(visitor, "reset")
    link = mailbox.link()
    visitor.get(link)
    visitor.send(link, {"password": "northwind2026", "again": "northwind2026"}, status=422)
    assert "nor a company" in visitor.text
    use(visitor, link)


def test_an_address_is_asked_for(visitor: Browser) -> None:
    ask(visitor, "reset", "", status=422)
    assert "Please enter your e-mail address." in visitor.text
