"""What a merchant does about signing in: take a lost second step away, see odd letters, end sessions of their
own.
"""

from __future__ import annotations

import dataclasses

import pytest
from flask import Flask

from cache.records.accounts import AccountState
from gateway.signing_in.second_factors import new_secret
from gateway.wiring import Wiring
from tests.gateway.browser import Browser
from tests.gateway.mailbox import Mailbox
from tests.gateway.sample_documents import PERSON
from tests.gateway.seeding import PASSWORD
from tests.security.two_houses import ORG, TwoHouses

EMAIL, NORA = "nora@northwind.example", f"account-{PERSON}"
CLIENT = f"/merchant/{ORG}/clients/{PERSON}"
REMOVE, SESSIONS = f"{CLIENT}/second-factor/remove", "/merchant/sessions"


@pytest.fixture
def houses(app: Flask) -> TwoHouses:
    return TwoHouses(app)


@pytest.fixture
def ada(app: Flask, houses: TwoHouses) -> Browser:
    browser = Browser(app)
    browser.set_cookie("foyer", houses.ada.cookie)
    return browser


def has_factor(wiring: Wiring) -> None:
    wiring.second_factors.set_up(NORA, new_secret(), step=0, salt="00" * 16, codes=["none of them"])


def test_a_lost_second_step_is_taken_away_and_the_person_is_told(
    app: Flask, houses: TwoHouses, ada: Browser, wiring: Wiring
) -> None:
    has_factor(wiring)
    ada.get(CLIENT)
    ada.send(REMOVE)
    ada.follow()
    assert "The second step is taken away" in ada.text and not ada.page.find("form", action=REMOVE)
    assert houses.nora.ask("GET", "/").status_code == 303, "whoever was signed in is out"
    assert Mailbox(wiring, EMAIL, ORG).kinds()[0] == "second_factor_removed"
    entry = wiring.activity.recent(ORG, 1)[0]
    assert (entry.event, entry.actor, entry.fields["account"]) == ("second_factor_removed", "ada", NORA)
    nora = Browser(app)
    nora.sign_in(EMAIL, PASSWORD)
    assert nora.answer.headers["Location"] == "/"


def test_another_merchant_takes_nothing_away(houses: TwoHouses, wiring: Wiring) -> None:
    has_factor(wiring)
    assert houses.jonas.ask("POST", REMOVE).status_code == 404
    assert houses.jonas.ask("POST", REMOVE.replace(ORG, "eu-700456")).status_code == 404
    assert wiring.second_factors.get(NORA) is not None


def test_who_is_revoked_and_invited_again_begins_without_the_old_factor(
    houses: TwoHouses, ada: Browser, wiring: Wiring
) -> None:
    has_factor(wiring)
    link = wiring.sign_in_links.make(EMAIL)
    ada.get(CLIENT)
    ada.send(f"/merchant/{ORG}/clients/revoke")
    account = wiring.accounts.get(NORA)
    assert account is not None and account.state is AccountState.REVOKED
    assert wiring.second_factors.get(NORA) is None
    assert houses.nobody.ask("GET", f"/sign-in/link/{link}").status_code == 410


def test_letters_that_look_like_others_are_shown_to_whoever_invites(
    houses: TwoHouses, ada: Browser, wiring: Wiring
) -> None:
    account = wiring.accounts.get(NORA)
    assert account is not None
    ada.get(CLIENT)
    assert "letters that may look like others" not in ada.text
    wiring.accounts.save(dataclasses.replace(account, email="n\u043era@northwind.example"))
    ada.get(CLIENT)
    assert "cyrillic small letter o" in ada.text


def test_a_merchant_sees_and_ends_sessions(ada: Browser, houses: TwoHouses, wiring: Wiring) -> None:
    cookies = [wiring.sessions.start("merchant", "ada", "")[0] for _ in range(2)]
    ada.get(SESSIONS)
    assert ada.text.count("Since ") == 3
    ada.send(f"{SESSIONS}/end")
    ada.follow()
    assert ada.text.count("Since ") == 2
    ada.send(f"{SESSIONS}/end-others")
    ada.follow()
    assert ada.text.count("Since ") == 1 and [wiring.sessions.get(one) for one in cookies] == [None, None]
    assert houses.jonas.ask("GET", SESSIONS).status_code == 200
