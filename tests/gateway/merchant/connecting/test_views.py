"""What a merchant does about signing in: take a lost second step away, see odd letters, end sessions of their
own.
"""

from __future__ import annotations

import dataclasses

import pytest
from flask import Flask

from cache.records.accounts.accounts import AccountState
from gateway.account.security.second_factors import new_secret
from tests.gateway.browser import Browser
from tests.gateway.mailbox import Mailbox
from tests.gateway.sample_documents import PERSON
from tests.gateway.seeding import PASSWORD
from tests.security.two_organisations import ORG, TwoOrganisations
from workers.services import Services

EMAIL, NORA = "nora@northwind.example", f"account-{PERSON}"
CLIENT = f"/merchant/{ORG}/clients/{PERSON}"
REMOVE, SESSIONS = f"{CLIENT}/second-factor/remove", "/merchant/sessions"


@pytest.fixture
def organisations(app: Flask) -> TwoOrganisations:
    return TwoOrganisations(app)


@pytest.fixture
def ada(app: Flask, organisations: TwoOrganisations) -> Browser:
    browser = Browser(app)
    browser.set_cookie("foyer", organisations.ada.cookie)
    return browser


def has_factor(services: Services) -> None:
    services.second_factors.set_up(NORA, new_secret(), step=0, salt="00" * 16, codes=["none of them"])


def test_a_lost_second_step_is_taken_away_and_the_person_is_told(
    app: Flask, organisations: TwoOrganisations, ada: Browser, services: Services
) -> None:
    has_factor(services)
    ada.get(CLIENT)
    ada.send(REMOVE)
    ada.follow()
    assert "The second step is taken away" in ada.text and not ada.page.find("form", action=REMOVE)
    assert organisations.nora.ask("GET", "/").status_code == 303, "whoever was signed in is out"
    assert Mailbox(services, EMAIL, ORG).kinds()[0] == "second_factor_removed"
    entry = services.activity.recent(ORG, 1)[0]
    assert (entry.event, entry.actor, entry.fields["account"]) == ("second_factor_removed", "ada", NORA)
    nora = Browser(app)
    nora.sign_in(EMAIL, PASSWORD)
    assert nora.answer.headers["Location"] == "/"


def test_another_merchant_takes_nothing_away(organisations: TwoOrganisations, services: Services) -> None:
    has_factor(services)
    assert organisations.jonas.ask("POST", REMOVE).status_code == 404
    assert organisations.jonas.ask("POST", REMOVE.replace(ORG, "eu-700456")).status_code == 404
    assert services.second_factors.get(NORA) is not None


def test_who_is_revoked_and_invited_again_begins_without_the_old_factor(
    organisations: TwoOrganisations, ada: Browser, services: Services
) -> None:
    has_factor(services)
    link = services.sign_in_links.make(EMAIL)
    ada.get(CLIENT)
    ada.send(f"/merchant/{ORG}/clients/revoke")
    account = services.accounts.get(NORA)
    assert account is not None and account.state is AccountState.REVOKED
    assert services.second_factors.get(NORA) is None
    assert organisations.nobody.ask("GET", f"/sign-in/link/{link}").status_code == 410


def test_letters_that_look_like_others_are_shown_to_whoever_invites(
    organisations: TwoOrganisations, ada: Browser, services: Services
) -> None:
    account = services.accounts.get(NORA)
    assert account is not None
    ada.get(CLIENT)
    assert "letters that may look like others" not in ada.text
    services.accounts.save(dataclasses.replace(account, email="n\u043era@northwind.example"))
    ada.get(CLIENT)
    assert "cyrillic small letter o" in ada.text


def test_a_merchant_sees_and_ends_sessions(
    ada: Browser, organisations: TwoOrganisations, services: Services
) -> None:
    cookies = [services.sessions.start("merchant", "ada", "")[0] for _ in range(2)]
    ada.get(SESSIONS)
    assert ada.text.count("Since ") == 3
    ada.send(f"{SESSIONS}/end")
    ada.follow()
    assert ada.text.count("Since ") == 2
    ada.send(f"{SESSIONS}/end-others")
    ada.follow()
    assert ada.text.count("Since ") == 1 and [services.sessions.get(cooky) for cooky in cookies] == [
        None,
        None,
    ]
    assert organisations.jonas.ask("GET", SESSIONS).status_code == 200
