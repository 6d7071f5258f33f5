"""Guessing is slow; a stranger's guesses elsewhere do not lock the real person out."""

from __future__ import annotations

from cache.records.sign_in_tries import MOST_PER_ACCOUNT, MOST_PER_ADDRESS, MOST_TOGETHER, WINDOW, SignInTries
from cache.redis_connections import RedisConnections


def test_a_few_failures_from_one_address_close_the_account_to_that_address_only(redis: RedisConnections) -> None:
    tries = SignInTries(redis.records)
    for _ in range(MOST_TOGETHER):
        assert tries.seconds_to_wait("Nora@Northwind.example", "10.0.0.1") == 0
        tries.note_failure("nora@northwind.example ", "10.0.0.1")
    assert 0 < tries.seconds_to_wait("nora@northwind.example", "10.0.0.1") <= WINDOW
    assert tries.seconds_to_wait("nora@northwind.example", "10.0.0.2") == 0
    assert tries.seconds_to_wait("otto@southgate.example", "10.0.0.1") == 0


def test_guessing_one_account_from_everywhere_is_slowed(redis: RedisConnections) -> None:
    tries = SignInTries(redis.records)
    for number in range(MOST_PER_ACCOUNT):
        tries.note_failure("nora@northwind.example", f"10.0.1.{number}")
    assert tries.seconds_to_wait("nora@northwind.example", "10.9.9.9") > 0


def test_spraying_many_accounts_from_one_address_is_slowed(redis: RedisConnections) -> None:
    tries = SignInTries(redis.records)
    for number in range(MOST_PER_ADDRESS):
        tries.note_failure(f"person{number}@northwind.example", "10.0.0.1")
    assert tries.seconds_to_wait("never.tried@northwind.example", "10.0.0.1") > 0


def test_signing_in_forgives_what_was_mistyped_at_that_address(redis: RedisConnections) -> None:
    tries = SignInTries(redis.records)
    for _ in range(MOST_TOGETHER):
        tries.note_failure("nora@northwind.example", "10.0.0.1")
    tries.forget("nora@northwind.example", "10.0.0.1")
    assert tries.seconds_to_wait("nora@northwind.example", "10.0.0.1") == 0


def test_no_address_stands_in_the_store(redis: RedisConnections) -> None:
    SignInTries(redis.records).note_failure("nora@northwind.example", "10.0.0.1")
    names: list[str] = redis.records.keys("*")  # type: ignore[assignment]
    assert len(names) == 3 and not [name for name in names if "nora" in name or "10.0" in name]
