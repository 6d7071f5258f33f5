"""Guessing is slow; a stranger's guesses elsewhere do not lock the real person out."""

from __future__ import annotations

import threading

from cache.records.sign_in.sign_in_tries import (
    FIRST_PAUSE,
    FREE_FOR_STRANGERS,
    LONGEST_PAUSE,
    MAX_PER_ADDRESS,
    MAX_TOGETHER,
    WINDOW,
    SignInTries,
)
from cache.stores import Stores

NORA, PLACE = "nora@northwind.example", "10.0.0.1"


def test_a_few_tries_from_one_address_close_the_account_to_that_address_only(stores: Stores) -> None:
    tries = SignInTries(stores.records)
    assert [tries.take("Nora@Northwind.example", PLACE) for _ in range(MAX_TOGETHER)] == [0] * MAX_TOGETHER
    assert 0 < tries.take("nora@northwind.example ", PLACE) <= WINDOW
    assert tries.take(NORA, "10.0.0.2") == 0
    assert tries.take("otto@southgate.example", PLACE) == 0


def guessed_by_strangers(tries: SignInTries, times: int = FREE_FOR_STRANGERS) -> None:
    for number in range(times):
        assert tries.take(NORA, f"10.0.1.{number}") == 0


def let_pass(stores: Stores, seconds: float) -> None:
    """What strangers last did to Nora's account was that long ago."""
    (key,) = [
        record for record in stores.records.scan_iter("tries:*") if stores.records.type(record) == "hash"
    ]
    stores.records.hincrby(key, "last", -int(seconds))


def test_guessing_one_account_from_everywhere_takes_longer_and_longer(stores: Stores) -> None:
    tries = SignInTries(stores.records)
    guessed_by_strangers(tries)
    pauses = []
    for number in range(9):
        pauses.append(tries.take(NORA, f"10.0.2.{number}"))
        let_pass(stores, LONGEST_PAUSE)
        assert tries.take(NORA, f"10.0.3.{number}") == 0
    assert 0 < pauses[0] <= FIRST_PAUSE < pauses[2] < pauses[4] <= LONGEST_PAUSE
    assert LONGEST_PAUSE - 60 < pauses[-1] <= LONGEST_PAUSE, "nobody waits longer than the longest pause"


def test_who_signed_in_from_an_address_does_not_wait_there_for_what_strangers_do(
    stores: Stores,
) -> None:
    tries = SignInTries(stores.records)
    tries.take(NORA, PLACE)
    tries.give_back(NORA, PLACE)
    guessed_by_strangers(tries)
    assert tries.take(NORA, PLACE) == 0
    assert tries.take(NORA, "10.9.9.9") > 0


def test_who_signed_in_in_a_browser_does_not_wait_there_wherever_it_is(stores: Stores) -> None:
    tries = SignInTries(stores.records)
    guessed_by_strangers(tries)
    for number in range(MAX_PER_ADDRESS):
        tries.take(f"person{number}@northwind.example", "10.9.9.9")
    assert tries.take(NORA, "10.9.9.9", browser="a browser of hers") == 0
    assert tries.take(NORA, "10.9.9.9") > 0


def test_a_known_browser_and_a_known_address_may_not_guess_without_end(stores: Stores) -> None:
    tries = SignInTries(stores.records)
    tries.give_back(NORA, PLACE)
    for browser in ("a browser of hers", ""):
        waits = [tries.take(NORA, PLACE, browser=browser) for _ in range(MAX_TOGETHER + 1)]
        assert waits[:-1] == [0] * MAX_TOGETHER and waits[-1] > 0


def test_spraying_many_accounts_from_one_address_is_slowed(stores: Stores) -> None:
    tries = SignInTries(stores.records)
    for number in range(MAX_PER_ADDRESS):
        assert tries.take(f"person{number}@northwind.example", PLACE) == 0
    assert tries.take("never.tried@northwind.example", PLACE) > 0


def test_a_try_that_must_wait_makes_the_wait_no_longer(stores: Stores) -> None:
    tries = SignInTries(stores.records)
    for _ in range(MAX_PER_ADDRESS):
        tries.take(NORA, PLACE)
    assert tries.take("otto@southgate.example", PLACE) == 0, (
        "what was turned away counted against the whole address"
    )


def test_many_tries_at_the_same_moment_are_counted_one_by_one(stores: Stores) -> None:
    tries, together = SignInTries(stores.records), threading.Barrier(24)
    waits: list[float] = []

    def guess() -> None:
        together.wait()
        waits.append(tries.take(NORA, PLACE))

    guesses = [threading.Thread(target=guess) for _ in range(together.parties)]
    for guess in guesses:
        guess.start()
    for guess in guesses:
        guess.join()
    assert len(waits) == together.parties and waits.count(0) == MAX_TOGETHER


def test_signing_in_forgives_what_was_mistyped_at_that_address(stores: Stores) -> None:
    tries = SignInTries(stores.records)
    for _ in range(MAX_TOGETHER):
        tries.take(NORA, PLACE)
    tries.give_back(NORA, PLACE)
    assert tries.take(NORA, PLACE) == 0


def test_a_right_password_is_no_try_whatever_the_number_of_people_behind_an_address(
    stores: Stores,
) -> None:
    tries = SignInTries(stores.records)
    for _ in range(MAX_PER_ADDRESS + FREE_FOR_STRANGERS + 1):
        assert tries.take(NORA, PLACE) == 0
        tries.give_back(NORA, PLACE)


def test_no_address_stands_in_the_store(stores: Stores) -> None:
    SignInTries(stores.records).take(NORA, PLACE)
    names: list[str] = stores.records.keys("*")  # type: ignore[assignment]
    assert len(names) == 3 and not [name for name in names if "nora" in name or "10.0" in name]
