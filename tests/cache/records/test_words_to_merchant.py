"""How often a client may write: a few forms in a while, each counted once, one person beside another."""

from __future__ import annotations

import pytest

from cache import people_keys
from cache.records.words_to_merchant import ALLOWANCES, Way, WordsToMerchant
from cache.redis_connections import RedisConnections


@pytest.fixture
def words(redis: RedisConnections) -> WordsToMerchant:
    return WordsToMerchant(redis.records)


@pytest.mark.parametrize("way", Way)
def test_what_is_too_much_waits_and_keeps_nobody_else_waiting(words: WordsToMerchant, way: Way) -> None:
    most = ALLOWANCES[way].most
    assert [words.take("us-1", "a1", way, f"form-{place}") for place in range(most)] == [0] * most
    assert 0 < words.take("us-1", "a1", way, "one more") <= ALLOWANCES[way].window
    assert not words.were_taken("us-1", "a1", way, "one more")
    other = Way.REVIEW if way is Way.MAIL else Way.MAIL
    assert words.take("us-1", "a2", way, "one more") == words.take("us-1", "a1", other, "one more") == 0


def test_the_same_form_counts_once_and_goes_on(words: WordsToMerchant) -> None:
    most = ALLOWANCES[Way.MAIL].most
    for place in range(most):
        words.take("us-1", "a1", Way.MAIL, f"form-{place}")
        assert words.take("us-1", "a1", Way.MAIL, f"form-{place}") == 0
    assert words.take("us-1", "a1", Way.MAIL, "one more") > 0 == words.take("us-1", "a1", Way.MAIL, "form-0")


def test_after_the_window_there_is_room_again(words: WordsToMerchant, redis: RedisConnections) -> None:
    name = people_keys.words_to_merchant("us-1", "a1", Way.MAIL)
    for place in range(ALLOWANCES[Way.MAIL].most):
        words.take("us-1", "a1", Way.MAIL, f"form-{place}")
    redis.records.zincrby(name, -ALLOWANCES[Way.MAIL].window, "form-0")
    assert words.take("us-1", "a1", Way.MAIL, "one more") == 0
    assert not words.were_taken("us-1", "a1", Way.MAIL, "form-0") and words.were_taken(
        "us-1", "a1", Way.MAIL, "one more"
    )
