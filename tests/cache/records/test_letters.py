"""Letters as they are kept: once per event, whole or not at all, secrets sealed."""

from __future__ import annotations

import dataclasses

import pytest

from cache import letter_keys
from cache.records.letters import Letter, Letters, LetterState, new_letter_id
from cache.redis_connections import RedisConnections
from cache.sealing import Seal, SealBroken
from config.settings import Settings

SECRET = "/invitations/this-lets-somebody-in"


@pytest.fixture
def letters(settings: Settings, redis: RedisConnections) -> Letters:
    return Letters(redis.records, Seal(settings.sealing_keys))


def a_letter(**changes: str) -> Letter:
    made = Letter(
        id=new_letter_id(),
        org="us-600",
        to="erin@x.example",
        kind="invitation",
        account_id="a1",
        values={"customer": "C"},
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def test_an_event_makes_one_letter_and_it_is_due(letters: Letters, redis: RedisConnections) -> None:
    first, second = a_letter(), a_letter()
    assert letters.add(first, once_key="event") == first and letters.add(second, once_key="event") is None
    assert letters.recent("us-600") == letters.to_person("a1") == [first]
    assert redis.records.zrange("due:mail", 0, -1) == [first.id] and letters.was_written("event")


def test_a_path_that_lets_somebody_in_is_sealed_until_sent_and_then_forgotten(
    letters: Letters, redis: RedisConnections
) -> None:
    letter = letters.add(a_letter(), once_key="event", secret_path=SECRET)
    assert letter is not None and letters.path_of(letter) == SECRET
    stored = str(redis.records.get(letter_keys.letter(letter.id)))
    assert SECRET not in stored and SECRET not in repr(letter)
    letters.settle(letter.id, LetterState.SENT)
    sent = letters.get(letter.id)
    assert sent is not None and (sent.sealed_path, sent.tries, sent.values) == ("", 1, {"customer": "C"})
    assert redis.records.ttl(letter_keys.letter(letter.id)) > 0


def test_a_sealed_path_opens_in_its_own_letter_only(letters: Letters) -> None:
    one, other = (
        letters.add(a_letter(), once_key="1", secret_path=SECRET),
        letters.add(a_letter(), once_key="2"),
    )
    assert one is not None and other is not None
    with pytest.raises(SealBroken):
        letters.path_of(dataclasses.replace(other, sealed_path=one.sealed_path))


def test_what_rests_is_not_moved_again(letters: Letters) -> None:
    letter = a_letter()
    letters.add(letter, once_key="event")
    assert letters.begin(letter.id) and not letters.begin(letter.id)
    assert letters.settle(letter.id, LetterState.SENT) and not letters.settle(
        letter.id, LetterState.FAILED, why="late"
    )
    assert not letters.begin(letter.id)


def test_a_person_can_be_forgotten(letters: Letters) -> None:
    kept, gone = a_letter(account_id="a2"), a_letter()
    letters.add(kept, once_key="1")
    letters.add(gone, once_key="2")
    assert letters.forget_person("us-600", "a1") == 1
    assert (
        letters.recent("us-600") == [kept] and letters.get(gone.id) is None and letters.to_person("a1") == []
    )
