"""The activity is a chain: whatever is changed, taken out, put in or moved is found, and writers never fork
it.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from cache.records.activity import keys as activity_keys
from cache.records.activity.activity import Activity
from cache.stores import Stores

ORG = "us-600123"


class Log:
    """Ten entries, and somebody with access to the store."""

    def __init__(self, stores: Stores) -> None:
        self.records, self.key, self.activity = (
            stores.records,
            activity_keys.activity(ORG),
            Activity(stores.records),
        )
        for number in range(10):
            self.activity.append(ORG, "ada", "invited", {"person": f"Person {number}"})

    def entry(self, place: int) -> dict[str, object]:
        found: dict[str, object] = json.loads(str(self.records.lindex(self.key, place - 1)))
        return found

    def puts(self, place: int, text: str) -> None:
        self.records.lset(self.key, place - 1, text)


@pytest.fixture
def log(stores: Stores) -> Log:
    return Log(stores)


def test_an_untouched_chain_is_whole(log: Log) -> None:
    assert log.activity.first_broken(ORG) is None
    assert log.activity.first_broken("us-nobody") is None
    assert [item.fields["person"] for item in log.activity.recent(ORG, 2)] == ["Person 9", "Person 8"]


@pytest.mark.parametrize("place", [1, 5, 10])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("actor", "eve"),
        ("event", "revoked"),
        ("fields", {"person": "X"}),
        ("at", "2020-01-01T00:00:00+00:00"),
    ],
)
def test_a_changed_entry_is_named(log: Log, place: int, name: str, value: object) -> None:
    log.puts(place, json.dumps({**log.entry(place), name: value}))
    assert log.activity.first_broken(ORG) == place


def test_an_entry_made_to_fit_breaks_the_next_one(log: Log, stores: Stores) -> None:
    """Who rewrites an entry together with its own digest still does not match what comes behind."""
    behind = [str(record) for record in stores.records.lrange(log.key, 5, -1)]
    stores.records.ltrim(log.key, 0, 3)
    log.activity.append(ORG, "ada", "invited", {"person": "Another"})
    stores.records.rpush(log.key, *behind)
    assert log.activity.first_broken(ORG) == 6


def test_an_end_cut_off_is_not_seen_here(log: Log) -> None:
    """The chain that is left is whole; an export kept elsewhere shows it."""
    log.records.ltrim(log.key, 0, 3)
    assert log.activity.first_broken(ORG) is None


def test_an_entry_taken_out_is_named_by_its_place(log: Log) -> None:
    log.records.lrem(log.key, 1, str(log.records.lindex(log.key, 4)))
    assert log.activity.first_broken(ORG) == 5


def test_an_entry_put_in_is_named(log: Log) -> None:
    log.records.linsert(log.key, "AFTER", str(log.records.lindex(log.key, 2)), json.dumps(log.entry(3)))
    assert log.activity.first_broken(ORG) == 4


@pytest.mark.parametrize("text", ["", "no entry", "[]", "null", "{}"])
def test_what_is_no_entry_at_all_is_named(log: Log, text: str) -> None:
    log.puts(7, text)
    assert log.activity.first_broken(ORG) == 7


def test_writers_at_the_same_moment_make_one_chain(log: Log, stores: Stores) -> None:
    def write(number: int) -> None:
        Activity(stores.records).append(ORG, f"writer {number}", "invited", {})

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write, range(40)))
    assert stores.records.llen(log.key) == 50
    assert log.activity.first_broken(ORG) is None


def test_words_can_be_erased_and_not_exchanged(log: Log) -> None:
    log.activity.erase_personal_text(ORG, [4, 10])
    log.activity.erase_personal_text(ORG, [4])
    assert log.activity.first_broken(ORG) is None
    entries = list(reversed(log.activity.recent(ORG, 10)))
    assert (
        entries[3].fields == {}
        and not entries[9].has_personal_text
        and entries[4].fields == {"person": "Person 4"}
    )
    assert "Person 3" not in str(log.entry(4)) and log.activity.append(ORG, "ada", "invited", {}).number == 11
    words = log.entry(6)["words"]
    log.puts(6, json.dumps({**log.entry(6), "words": log.entry(7)["words"]}))
    assert log.activity.first_broken(ORG) == 6
    log.puts(6, json.dumps({**log.entry(6), "words": words}))
    assert log.activity.first_broken(ORG) is None
