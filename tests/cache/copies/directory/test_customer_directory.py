"""All customers of an organisation, by name: always what the rows say, whatever came, went or was renamed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cache.copies.directory import customer_directory
from cache.copies.directory.customer_directory import CustomerDirectory
from cache.copies.mirror import keys as mirror_keys
from cache.copies.mirror.mirror import Mirror
from cache.copies.mirror.mirror_row import IndexedRow
from cache.copies.mirror.row_facets import WITH_ADDRESS, RowFacets
from cache.copies.organisation_erasure import delete_organisation_copies
from cache.stores import Stores

ORG = "us-1"
AS_OF = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
NAMES = st.sampled_from(
    [
        "",
        "Zoë",
        "zoe",
        "ZOË",
        "Straße",
        "STRASSE",
        "Quay 10",
        "quay 9",
        "Ünal",
        "李",
        "\U0001f6b2",
        "a",
        "A",
        "a\0b",
    ]
)


def customer(number: int, name: str, *, version: int = 1) -> IndexedRow:
    return IndexedRow(
        kind="contacts",
        id=str(500 + number),
        customer_id=str(500 + number),
        version=f"{version:04}",
        status="active",
        sort={},
        facets=RowFacets(search=name),
        body={"name": name},
        as_of=AS_OF,
        place=name.casefold(),
    )


def person(number: int, *, of: int, name: str = "Nora", email: str = "nora@x.example") -> IndexedRow:
    return IndexedRow(
        kind="persons",
        id=str(700 + number),
        customer_id=str(500 + of),
        version="",
        status="",
        sort={"name": name},
        body={"email": email},
        facets=RowFacets(search=f"{name} {email}", marks=WITH_ADDRESS if email else "", owner=str(500 + of)),
        as_of=AS_OF,
    )


@pytest.fixture
def mirror(stores: Stores) -> Mirror:
    return Mirror(stores.copies)


@pytest.fixture
def directory(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> CustomerDirectory:
    monkeypatch.setattr(customer_directory, "AT_ONCE", 3)
    return CustomerDirectory(stores.copies)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moves=st.lists(st.tuples(st.integers(1, 12), st.none() | NAMES), max_size=40),
    offset=st.integers(0, 12),
    limit=st.integers(1, 8),
)
def test_the_order_is_that_of_sorting_everything_after_any_renaming_and_removing(
    stores: Stores,
    directory: CustomerDirectory,
    moves: list[tuple[int, str | None]],
    offset: int,
    limit: int,
) -> None:
    stores.copies.flushdb()
    mirror, there = Mirror(stores.copies), dict[str, str]()
    for version, (number, name) in enumerate(moves):
        if name is None:
            mirror.remove(ORG, "contacts", str(500 + number))
            there.pop(str(500 + number), None)
        else:
            mirror.put_page(
                ORG, [customer(number, name, version=version), customer(number, "old news", version=-1)]
            )
            there[str(500 + number)] = name
    ordered = sorted(there, key=lambda one: (there[one].casefold(), one))
    assert directory.page(ORG, offset, limit) == (ordered[offset : offset + limit], len(ordered))
    assert directory.in_order(ORG) == ordered
    assert directory.in_order(ORG, {"501", "502", "599"}) == [
        item for item in ordered if item in ("501", "502")
    ]
    assert (
        set(directory.unknown(ORG, ["501", "502", "503", "504"]))
        == {"501", "502", "503", "504"} - there.keys()
    )


def test_a_search_finds_words_of_customers_and_of_their_people_in_every_part(
    mirror: Mirror, directory: CustomerDirectory
) -> None:
    mirror.put_page(ORG, [customer(number, f"Quay {number}") for number in range(700)])
    mirror.put_page(
        ORG, [person(1, of=7), person(2, of=7, name="Ina", email=""), person(3, of=0, name="Paul", email="")]
    )
    mirror.put_page(ORG, [person(4, of=699, name="Max", email="max@x.example")])
    mirror.put_page(ORG, [person(100 + number, of=9, name="Many") for number in range(600)])
    assert directory.matching(ORG, "QUAY 699") == {"1199"} and directory.matching(ORG, "7 ina") == {"507"}
    assert (
        directory.matching(ORG, "paul") == {"500"}
        and directory.matching(ORG, "nora paul") == directory.matching(ORG, "nobody") == set()
    )
    assert directory.matching(ORG, "nora@x") == {"507", "509"} and directory.matching(ORG, "1199") == set(), (
        "ids are no words"
    )
    assert len(directory.matching(ORG, "quay")) == 700
    people = directory.addressed(ORG)
    assert people["507"] == {"701": True, "702": False} and people["500"] == {"703": False}
    assert people["1199"] == {"704": True} and len(people["509"]) == 600
    mirror.remove(ORG, "persons", "701")
    mirror.put_page(ORG, [person(3, of=8, name="Paul")])
    assert directory.matching(ORG, "nora@x 7") == set() and directory.matching(ORG, "paul") == {"508"}
    assert directory.addressed(ORG).keys() == {"507", "508", "509", "1199"}


@pytest.mark.parametrize(
    "key", [mirror_keys.places, mirror_keys.rows, mirror_keys.facets, mirror_keys.customers]
)
def test_what_is_torn_is_not_shown_and_is_whole_after_it_was_read_again(
    mirror: Mirror, directory: CustomerDirectory, stores: Stores, key: Callable[[str, str], str]
) -> None:
    every = [customer(number, f"Quay {number}") for number in range(4)]
    mirror.put_page(ORG, every)
    mirror.mark_complete(ORG, "contacts")
    assert stores.copies.delete(key(ORG, "contacts")) == 1
    mirror.put_page(ORG, [customer(1, "Quay again", version=2)])
    assert directory.page(ORG, 0, 25) == ([], 0) and directory.in_order(ORG, {"501"}) == []
    assert not mirror.is_complete(ORG, "contacts")
    mirror.forget(ORG, "contacts")
    mirror.put_page(ORG, every)
    assert directory.page(ORG, 0, 25)[1] == 4


def test_nothing_of_a_forgotten_kind_or_organisation_is_left(
    mirror: Mirror, directory: CustomerDirectory, stores: Stores
) -> None:
    for forget in (
        lambda: mirror.forget(ORG, "contacts"),
        lambda: delete_organisation_copies(stores.copies, ORG),
    ):
        mirror.put_page(ORG, [customer(1, "Quay")])
        forget()
        assert directory.page(ORG, 0, 25) == ([], 0) and not stores.copies.exists(
            mirror_keys.places(ORG, "contacts")
        )
