"""The merchant's clients: by customer, page by page, searched and filtered, whatever the size of the
organisation.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from flask import Flask
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer

from cache.copies.mirror import keys as mirror_keys
from cache.records.accounts.accounts import AccountState
from cache.records.accounts.client_roles import ALL_ROLES, Role
from cache.records.accounts.merchants import Merchant
from cache.records.invitations.bulk_invitations import InvitationOutcome
from cache.stores import open_queue_redis
from config.settings import Settings
from connectors.zoho.documents.contact import Contact
from gateway.merchant.clients import client_list
from gateway.web.sessions import cookie_name
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import CUSTOMER, PERSON, a_customer
from tests.gateway.seeding import AS_OF, ORG, Seeding
from workers.copies.mirror_rows import mirror_row, person_row
from workers.services import Services

PAGE = f"/merchant/{ORG}/clients"


@pytest.fixture
def ada(app: Flask, seed: Seeding, services: Services) -> Browser:
    """The owner, signed in; Northwind's people are read."""
    services.merchants.save(
        Merchant(
            id="merchant-1", zoho_user_id="1", dc="us", name="Ada Okafor", email="ada@x.example", orgs=(ORG,)
        )
    )
    cookie, _ = services.sessions.start("merchant", "merchant-1", "")
    browser = Browser(app)
    with app.test_request_context():
        browser.set_cookie(cookie_name(), cookie)
    store_persons(services, a_customer())
    return browser


def store_persons(services: Services, contact: Contact) -> None:
    services.mirror.put_page(ORG, [person_row(person, contact, AS_OF) for person in contact.persons])


def customers(services: Services, how_many: int) -> None:
    """Only their rows, as a sync of a large organisation leaves them."""
    made = [
        a_customer(str(46000000100000 + n), name=f"Quay {n:05}", company_name=f"Quay {n:05}", persons=())
        for n in range(how_many)
    ]
    services.mirror.put_page(ORG, [mirror_row("contacts", item, AS_OF) for item in made])


def names(browser: Browser) -> list[str]:
    return [element.get_text() for element in browser.page.select("table.records tbody th a")]


def spent(store: Redis) -> tuple[dict[str, int], int]:
    """(how often each command was called, bytes answered), since the store began."""
    commands: Any = store.info("commandstats")
    stats: Any = store.info("stats")
    return {name: item["calls"] for name, item in commands.items() if name != "cmdstat_info"}, stats[
        "total_net_output_bytes"
    ]


def test_people_stand_under_their_customers_and_are_found_by_either_name(ada: Browser) -> None:
    ada.get(PAGE)
    assert "Nora West" in names(ada) and "1–2 of 2" in ada.text
    ada.get(f"{PAGE}?q=northwind")
    assert "Nora West" in names(ada)
    ada.get(f"{PAGE}?q=southgate+nora")
    assert "Nobody matches" in ada.text


@pytest.mark.parametrize(
    ("state", "who"), [("active", "Nora West"), ("invited", "Nora West"), ("revoked", "Nora West")]
)
def test_a_filter_shows_people_in_that_state(ada: Browser, services: Services, state: str, who: str) -> None:
    account = services.accounts.by_person(ORG, PERSON)
    assert account is not None
    services.accounts.save(dataclasses.replace(account, state=AccountState(state)))
    for name in ("active", "invited", "revoked"):
        ada.get(f"{PAGE}?state={name}")
        assert (who in names(ada)) is (name == state)


def test_people_without_account_and_without_address(ada: Browser, services: Services) -> None:
    known = a_customer().persons[0]
    more = (
        known,
        dataclasses.replace(known, id="461", first_name="Ina", email="ina@x.example"),
        dataclasses.replace(known, id="462", first_name="Paul", email=""),
    )
    store_persons(services, a_customer(persons=more))
    ada.get(f"{PAGE}?state=none")
    assert [name.split()[0] for name in names(ada)] == ["Ina"]
    ada.get(f"{PAGE}?state=no_email")
    assert [name.split()[0] for name in names(ada)] == ["Paul"]


def test_people_not_read_yet_are_asked_for_behind_the_page(
    ada: Browser, services: Services, settings: Settings
) -> None:
    customers(services, 1)
    ada.get(f"{PAGE}?q=quay")
    assert "are being asked for in Zoho" in ada.text
    waiting = Queue("pull", connection=open_queue_redis(settings), serializer=JSONSerializer).jobs
    assert [ORG, "contacts", "46000000100000"] in [list(job.args) for job in waiting]


def test_who_left_zoho_is_still_seen_to_be_revoked(ada: Browser, services: Services, seed: Seeding) -> None:
    seed.client(CUSTOMER, "469", email="gone@northwind.example", name="Gone Girl")
    seed.client("4699", "470", email="lost@nowhere.example", name="Lost Boy")
    ada.get(PAGE)
    assert {"Gone Girl", "Lost Boy"} <= set(names(ada))
    ada.get(f"{PAGE}/470")
    assert "Zoho no longer has this person" in ada.text and not ada.page.select("form[action$=invite]")
    ada.send(f"{PAGE}/revoke")
    assert services.accounts.by_email("lost@nowhere.example")[0].state is AccountState.REVOKED


def test_a_page_asks_and_is_answered_the_same_whatever_the_size_of_the_organisation(
    ada: Browser, services: Services, seed: Seeding
) -> None:
    asked, answered = [], []
    for number in range(60):  # who has no people was asked for lately: no doors are rung
        services.documents.put(ORG, "contacts", str(46000000100000 + number), "1", {}, AS_OF)
    for size in (60, 1_200):
        customers(services, size)
        for number in range(size // 10):
            seed.client(
                str(46000000100000 + 10 * number),
                str(47000000100000 + number),
                email=f"{number}@x.example",
                name="N",
                password="",
            )
        for store in (services.stores.copies, services.stores.records):
            before = spent(store)
            ada.get(f"{PAGE}?page=2")
            after = spent(store)
            asked.append(
                {
                    name: calls - before[0].get(name, 0)
                    for name, calls in after[0].items()
                    if calls != before[0].get(name, 0)
                }
            )
            answered.append(after[1] - before[1])
        assert f"26–50 of {size + 2}" in ada.text and "are being asked for" not in ada.text
    assert asked[0] == asked[2] and asked[1] == asked[3], "more is asked of a store"
    assert answered[2] < answered[0] + 2_000 and answered[3] < answered[1] + 2_000, (
        "more than what stands on the page is read"
    )


def test_the_list_is_never_behind(ada: Browser, services: Services) -> None:
    customers(services, 30)
    ada.get(PAGE)
    assert "1–25 of 32" in ada.text
    renamed = a_customer(name="Aaron & Daughters", modified_at=AS_OF + dt.timedelta(hours=1))
    services.mirror.put_page(ORG, [mirror_row("contacts", renamed, AS_OF)])
    store_persons(
        services,
        a_customer(persons=(dataclasses.replace(a_customer().persons[0], id="463", first_name="Zora"),)),
    )
    ada.get(PAGE)
    assert (
        {"Nora West", "Zora West"} <= set(names(ada))
        and "Aaron & Daughters" in ada.text
        and "Northwind" not in ada.text
    )
    services.mirror.remove(ORG, "contacts", CUSTOMER)
    ada.get(PAGE)
    assert "1–25 of 31" in ada.text and "Aaron & Daughters" not in ada.text
    ada.get(f"{PAGE}?q=aaron")
    assert "Nobody matches" in ada.text


def test_a_search_finds_the_last_of_many_and_a_page_behind_the_last_is_the_last(
    ada: Browser, services: Services
) -> None:
    customers(services, 130)
    ada.get(f"{PAGE}?q=00129")
    assert "1–1 of 1" in ada.text and "Quay 00129" in ada.text
    ada.get(f"{PAGE}?page=99")
    assert "126–132 of 132" in ada.text


@pytest.mark.parametrize("evicted", [mirror_keys.places(ORG, "contacts"), mirror_keys.rows(ORG, "contacts")])
@pytest.mark.parametrize("query", ["", "?q=northwind", "?state=none", "?state=active"])
def test_what_lost_a_part_is_not_shown_as_a_shorter_list(
    ada: Browser, services: Services, evicted: str, query: str
) -> None:
    services.stores.copies.delete(evicted)
    customers(services, 1)
    ada.get(PAGE + query)
    assert "Quay" not in ada.text and "No contact persons yet" not in ada.text
    assert not services.mirror.is_complete(ORG, "contacts"), "it is read whole again"


def test_how_far_many_invitations_are_is_told_without_reading_all_of_them(services: Services) -> None:
    bulks, ids = services.bulk_invitations, [str(46000000000000000000 + number) for number in range(610)]
    bulks.start(ORG, "merchant-1", ids, form_key="a-form")
    for number, record_id in enumerate(ids[:600]):
        bulks.settle(
            ORG, "a-form", record_id, InvitationOutcome.GONE if number < 3 else InvitationOutcome.INVITED
        )
    services.stores.records.rpush(
        f"o:{{{ORG}}}:bulk:a-form:waiting", ids[1]
    )  # as a worker that died in between leaves it
    bulks.settle(ORG, "a-form", ids[1], InvitationOutcome.INVITED)
    before = spent(services.stores.records)[1]
    found = bulks.newest(ORG)
    assert spent(services.stores.records)[1] - before < 15_000, (
        "the outcomes of all are read: 25,000 bytes on top of what INFO says"
    )
    assert (
        found is not None
        and found.counts == {InvitationOutcome.INVITED: 598, InvitationOutcome.GONE: 2}
        and (found.done, found.total) == (600, 610)
    )
    assert bulks.ids_by_outcome(ORG, "a-form")[InvitationOutcome.GONE] == [ids[0], ids[2]]


def test_an_address_changed_in_zoho_and_one_of_two_people_are_explained(
    ada: Browser, services: Services, seed: Seeding
) -> None:
    known = a_customer().persons[0]
    store_persons(services, a_customer(persons=(dataclasses.replace(known, email="nora@new.example"),)))
    seed.client("46000000001002", "471", email="nora@new.example", name="Nora the Other")
    ada.get(f"{PAGE}/{PERSON}")
    assert (
        "The address was changed in Zoho" in ada.text
        and "still signs in with nora@northwind.example" in ada.text
    )
    assert "Somebody else has the same address" in ada.text and "Nora the Other" in ada.text


def test_while_customers_are_read_again_a_page_tells_of_some_of_many_who_have_access(
    ada: Browser, services: Services, seed: Seeding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_list, "MAX_WITHOUT_CUSTOMER", 3)
    for number in range(6):
        seed.client(
            str(48000 + number),
            str(49000 + number),
            email=f"lost-{number}@x.example",
            name=f"Lost {number}",
            password="",
        )
    services.stores.copies.flushdb()
    for query, told in (("", 3), ("?state=invited", 3), ("?q=lost-5", 1)):
        ada.get(PAGE + query)
        assert len(names(ada)) == told and ("More people than these" in ada.text) is (told == 3)


def test_roles_are_taken_and_given_person_by_person(ada: Browser, services: Services) -> None:
    ada.get(f"{PAGE}/{PERSON}")
    ada.send(f"{PAGE}/{PERSON}/roles", {"pay": "true"})
    account = services.accounts.by_person(ORG, PERSON)
    assert account is not None and account.roles == {Role.SEE, Role.PAY} and account.password_hash
    assert services.activity.recent(ORG, 1)[0].fields["may"] == "pay, see"
    ada.get(f"{PAGE}/{PERSON}")
    ada.send(f"{PAGE}/{PERSON}/roles", dict.fromkeys(("accept", "pay", "manage"), "true"))
    account = services.accounts.by_person(ORG, PERSON)
    assert account is not None and account.roles == ALL_ROLES


def test_accounts_from_before_there_was_a_list_of_them_are_in_it(services: Services, seed: Seeding) -> None:
    services.stores.records.delete(f"o:{{{ORG}}}:account_standings", f"o:{{{ORG}}}:accounts_by_customer")
    assert [customer.person_id for customer in services.accounts.of_customers(ORG, [CUSTOMER])] == [
        PERSON
    ] and len(services.accounts.customers(ORG)) == 2
    assert {account.person_id for account in services.accounts.index(ORG)} == {PERSON, "46000000002002"}
    seed.client(CUSTOMER, "472", email="third@northwind.example", name="Third")
    assert {account.person_id for account in services.accounts.index(ORG)} == {
        PERSON,
        "46000000002002",
        "472",
    }
    assert {customer.person_id for customer in services.accounts.of_customers(ORG, [CUSTOMER])} == {
        PERSON,
        "472",
    }
    assert services.accounts.customers(ORG) == {
        account.customer_id for account in services.accounts.of_org(ORG)
    }
