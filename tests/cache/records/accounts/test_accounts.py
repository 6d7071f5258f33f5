"""Accounts: what somebody decided meanwhile is never overwritten by what was read before."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import threading

import pytest

from cache.records.accounts import keys as account_keys
from cache.records.accounts.accounts import Accounts, AccountState, ClientAccount, new_account_id
from cache.records.accounts.client_roles import Role
from cache.stores import Stores

NORA = ClientAccount(
    id="one",
    org="us-1",
    customer_id="11",
    person_id="21",
    email="nora@northwind.example",
    name="Nora West",
    password_hash="a hash",
    state=AccountState.ACTIVE,
    created_at=dt.datetime(2026, 11, 3, tzinfo=dt.UTC),
)
REVOKED = dataclasses.replace(NORA, state=AccountState.REVOKED, password_hash=None)


@pytest.fixture
def accounts(stores: Stores) -> Accounts:
    accounts = Accounts(stores.records)
    accounts.save(NORA)
    return accounts


def test_what_still_stands_is_replaced(accounts: Accounts) -> None:
    assert accounts.swap(NORA, NORA.with_password("a newer hash"))
    assert accounts.get("one") == NORA.with_password("a newer hash")


def test_a_revocation_is_not_undone_by_who_read_before_it(accounts: Accounts) -> None:
    accounts.save(REVOKED)
    assert not accounts.swap(NORA, NORA.with_password("a newer hash"))
    assert accounts.get("one") == REVOKED


def test_an_account_that_is_gone_is_not_brought_back(accounts: Accounts, stores: Stores) -> None:
    stores.records.flushdb()
    assert not accounts.swap(NORA, NORA.with_password("a newer hash"))
    assert accounts.get("one") is None


def test_a_person_gets_one_account_however_many_add_one_at_a_time(stores: Stores) -> None:
    accounts, together = Accounts(stores.records), threading.Barrier(8)
    added: list[bool] = []

    def add() -> None:
        mine = dataclasses.replace(NORA, id=new_account_id())
        together.wait()
        added.append(accounts.swap(None, mine))

    adders = [threading.Thread(target=add) for _ in range(together.parties)]
    for adder in adders:
        adder.start()
    for adder in adders:
        adder.join()
    assert (
        added.count(True) == 1
        and len(accounts.by_email(NORA.email)) == 1
        and len(accounts.of_org("us-1")) == 1
    )


def test_of_many_who_change_the_same_account_one_succeeds(accounts: Accounts) -> None:
    together = threading.Barrier(8)
    swapped: list[str] = []

    def change(name: str) -> None:
        together.wait()
        if accounts.swap(NORA, dataclasses.replace(NORA, name=name)):
            swapped.append(name)

    changers = [
        threading.Thread(target=change, args=[f"Nora {number}"]) for number in range(together.parties)
    ]
    for changer in changers:
        changer.start()
    for changer in changers:
        changer.join()
    now = accounts.get("one")
    assert now is not None and swapped == [now.name]


@pytest.mark.parametrize("how", ["save", "swap"])
def test_a_changed_address_is_found_under_the_new_one_only(accounts: Accounts, how: str) -> None:
    moved = dataclasses.replace(NORA, email="Nora@Elsewhere.example")
    if how == "save":
        accounts.save(moved)
    else:
        assert accounts.swap(NORA, moved)
    assert accounts.by_email("nora@elsewhere.example") == [moved] and accounts.by_email(NORA.email) == []


def test_roles_are_kept_and_who_was_written_before_there_were_roles_has_all(
    accounts: Accounts, stores: Stores
) -> None:
    sees = dataclasses.replace(NORA, roles=frozenset({Role.SEE}))
    accounts.save(sees)
    assert accounts.get("one") == sees
    old = json.loads(stores.records.get(account_keys.account("one")))
    del old["roles"]
    stores.records.set(account_keys.account("one"), json.dumps(old))
    assert accounts.get("one") == NORA
