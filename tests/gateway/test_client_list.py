"""The merchant's clients: by customer, page by page, searched and filtered, whatever the size of the organisation."""

from __future__ import annotations

import dataclasses
from typing import cast

import pytest
from flask import Flask
from rq import Queue
from rq.serializers import JSONSerializer

from cache.copies import customer_directory
from cache.records.accounts import AccountState
from cache.records.client_roles import ALL_ROLES, Role
from cache.records.merchants import Merchant
from cache.redis_connections import open_queue_redis
from config.settings import Settings
from connectors.zoho.documents.contact import Contact
from gateway.sessions import cookie_name
from gateway.wiring import Wiring
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import CUSTOMER, PERSON, a_customer
from tests.gateway.seeding import ORG, SAID_AT, Seeding
from workers.document_rows import mirror_row, person_row

PAGE = f"/merchant/{ORG}/clients"


@pytest.fixture
def ada(app: Flask, seed: Seeding, wiring: Wiring) -> Browser:
    """The owner, signed in; Northwind's people are read."""
    wiring.merchants.save(Merchant(id="merchant-1", zoho_user_id="1", dc="us", name="Ada Okafor", email="ada@x.example", orgs=(ORG,)))
    cookie, _ = wiring.sessions.start("merchant", "merchant-1", "")
    browser = Browser(app)
    with app.test_request_context():
        browser.set_cookie(cookie_name(), cookie)
    people(wiring, a_customer())
    return browser


def people(wiring: Wiring, contact: Contact) -> None:
    wiring.mirror.put_page(ORG, [person_row(one, contact, SAID_AT) for one in contact.persons])


def customers(wiring: Wiring, how_many: int) -> None:
    """Only their rows, as a sync of a large organisation leaves them."""
    made = [a_customer(str(46000000100000 + n), name=f"Quay {n:05}", company_name=f"Quay {n:05}", persons=()) for n in range(how_many)]
    wiring.mirror.put_page(ORG, [mirror_row("contacts", one, SAID_AT) for one in made])


def names(browser: Browser) -> list[str]:
    return [one.get_text() for one in browser.page.select("table.records tbody th a")]


def test_people_stand_under_their_customers_and_are_found_by_either_name(ada: Browser) -> None:
    ada.get(PAGE)
    assert "Nora West" in names(ada) and "1–2 of 2" in ada.text
    ada.get(f"{PAGE}?q=northwind")
    assert "Nora West" in names(ada)
    ada.get(f"{PAGE}?q=southgate+nora")
    assert "Nobody matches" in ada.text


@pytest.mark.parametrize(("state", "who"), [("active", "Nora West"), ("invited", "Nora West"), ("revoked", "Nora West")])
def test_a_filter_shows_people_in_that_state(ada: Browser, wiring: Wiring, state: str, who: str) -> None:
    account = wiring.accounts.by_person(ORG, PERSON)
    assert account is not None
    wiring.accounts.save(dataclasses.replace(account, state=AccountState(state)))
    for one in ("active", "invited", "revoked"):
        ada.get(f"{PAGE}?state={one}")
        assert (who in names(ada)) is (one == state)


def test_people_without_account_and_without_address(ada: Browser, wiring: Wiring) -> None:
    known = a_customer().persons[0]
    more = (known, dataclasses.replace(known, id="461", first_name="Ina", email="ina@x.example"),
            dataclasses.replace(known, id="462", first_name="Paul", email=""))  # fmt: skip
    people(wiring, a_customer(persons=more))
    ada.get(f"{PAGE}?state=none")
    assert [one.split()[0] for one in names(ada)] == ["Ina"]
    ada.get(f"{PAGE}?state=no_email")
    assert [one.split()[0] for one in names(ada)] == ["Paul"]


def test_people_not_read_yet_are_asked_for_behind_the_page(ada: Browser, wiring: Wiring, settings: Settings) -> None:
    customers(wiring, 1)
    ada.get(f"{PAGE}?q=quay")
    assert "are being asked for in Zoho" in ada.text
    waiting = Queue("pull", connection=open_queue_redis(settings), serializer=JSONSerializer).jobs
    assert [ORG, "contacts", "46000000100000"] in [list(job.args) for job in waiting]


def test_who_left_zoho_is_still_seen_to_be_revoked(ada: Browser, wiring: Wiring, seed: Seeding) -> None:
    seed.client(CUSTOMER, "469", email="gone@northwind.example", name="Gone Girl")
    seed.client("4699", "470", email="lost@nowhere.example", name="Lost Boy")
    ada.get(PAGE)
    assert {"Gone Girl", "Lost Boy"} <= set(names(ada))
    ada.get(f"{PAGE}/470")
    assert "Zoho no longer has this person" in ada.text and not ada.page.select("form[action$=invite]")
    ada.send(f"{PAGE}/revoke")
    assert wiring.accounts.by_email("lost@nowhere.example")[0].state is AccountState.REVOKED


def test_a_large_organisation_pays_for_what_stands_on_the_page(
    ada: Browser, wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customer_directory, "LISTED_ANEW", 100)
    customers(wiring, 130)
    ada.get(PAGE)
    wiring.redis.copies.config_resetstat()
    ada.get(f"{PAGE}?page=3")
    assert "51–75 of 132" in ada.text
    used = cast(dict[str, object], wiring.redis.copies.info("commandstats"))
    assert not {"cmdstat_hgetall", "cmdstat_hscan", "cmdstat_hkeys"} & used.keys(), "a page reads whole lists"
    ada.get(f"{PAGE}?q=00129")
    assert "1–1 of 1" in ada.text


def test_an_address_changed_in_zoho_and_one_of_two_people_are_explained(ada: Browser, wiring: Wiring, seed: Seeding) -> None:
    known = a_customer().persons[0]
    people(wiring, a_customer(persons=(dataclasses.replace(known, email="nora@new.example"),)))
    seed.client("46000000001002", "471", email="nora@new.example", name="Nora the Other")
    ada.get(f"{PAGE}/{PERSON}")
    assert "The address was changed in Zoho" in ada.text and "still signs in with nora@northwind.example" in ada.text
    assert "Somebody else has the same address" in ada.text and "Nora the Other" in ada.text


def test_roles_are_taken_and_given_person_by_person(ada: Browser, wiring: Wiring) -> None:
    ada.get(f"{PAGE}/{PERSON}")
    ada.send(f"{PAGE}/{PERSON}/roles", {"pay": "true"})
    account = wiring.accounts.by_person(ORG, PERSON)
    assert account is not None and account.roles == {Role.SEE, Role.PAY} and account.password_hash
    assert wiring.activity.recent(ORG, 1)[0].fields["may"] == "pay, see"
    ada.get(f"{PAGE}/{PERSON}")
    ada.send(f"{PAGE}/{PERSON}/roles", dict.fromkeys(("accept", "pay", "manage"), "true"))
    account = wiring.accounts.by_person(ORG, PERSON)
    assert account is not None and account.roles == ALL_ROLES


def test_accounts_from_before_there_was_a_list_of_them_are_in_it(wiring: Wiring, seed: Seeding) -> None:
    wiring.redis.records.delete(f"o:{{{ORG}}}:account_standings")
    assert {one.person_id for one in wiring.accounts.standings(ORG)} == {PERSON, "46000000002002"}
    seed.client(CUSTOMER, "472", email="third@northwind.example", name="Third")
    assert {one.person_id for one in wiring.accounts.standings(ORG)} == {PERSON, "46000000002002", "472"}
