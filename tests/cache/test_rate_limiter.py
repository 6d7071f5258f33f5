"""So much within a window: sliding or as a whole, per key, counted once per event."""

from __future__ import annotations

import threading

import pytest

from cache.rate_limiter import RateLimit, RateLimiter
from cache.stores import Stores

KEY, OTHER_KEY = "o:{us-1}:events", "o:{us-2}:events"
SLIDING, FIXED = RateLimit(3, 60), RateLimit(3, 60, is_fixed=True)


@pytest.fixture
def limiter(stores: Stores) -> RateLimiter:
    return RateLimiter(stores.records)


def let_pass(stores: Stores, seconds: int) -> None:
    """As if all that was counted had happened that much earlier."""
    for event in stores.records.zrange(KEY, 0, -1):  # type: ignore[union-attr]
        stores.records.zincrby(KEY, -seconds, event)
    left = int(stores.records.ttl(KEY)) - seconds  # type: ignore[arg-type]
    stores.records.expire(KEY, left)


@pytest.mark.parametrize("limit", [SLIDING, FIXED])
def test_what_exceeds_the_limit_waits_until_the_first_event_is_over(
    limiter: RateLimiter, stores: Stores, limit: RateLimit
) -> None:
    assert [limiter.take(KEY, limit) for _ in range(3)] == [0, 0, 0]
    let_pass(stores, 20)
    assert 39 <= limiter.take(KEY, limit) <= 40
    assert limiter.take(OTHER_KEY, limit) == 0, "one key's events counted for another"
    let_pass(stores, 40)
    assert limiter.take(KEY, limit) == 0


@pytest.mark.parametrize(("limit", "free"), [(SLIDING, 1), (FIXED, 3)])
def test_a_fixed_window_ends_for_all_events_and_a_sliding_one_for_each(
    limiter: RateLimiter, stores: Stores, limit: RateLimit, free: int
) -> None:
    limiter.take(KEY, limit)
    let_pass(stores, 30)
    limiter.take(KEY, limit)
    limiter.take(KEY, limit)
    let_pass(stores, 30)
    assert [limiter.take(KEY, limit) for _ in range(4)].count(0) == free


def test_a_named_event_counts_once_and_is_let_through_again(limiter: RateLimiter) -> None:
    assert [limiter.take(KEY, SLIDING, event) for event in ("a", "a", "b", "c")] == [0, 0, 0, 0]
    assert limiter.take(KEY, SLIDING, "d") > 0 == limiter.take(KEY, SLIDING, "a")


def test_what_was_refused_is_not_counted(limiter: RateLimiter, stores: Stores) -> None:
    for _ in range(10):
        limiter.take(KEY, SLIDING)
    assert stores.records.zcard(KEY) == SLIDING.most
    assert 0 < int(stores.records.ttl(KEY)) <= SLIDING.window  # type: ignore[arg-type]


def test_of_many_at_once_only_as_many_as_the_limit_go_through(limiter: RateLimiter) -> None:
    together, waits = threading.Barrier(12), list[int]()

    def take() -> None:
        together.wait()
        waits.append(limiter.take(KEY, FIXED))

    takers = [threading.Thread(target=take) for _ in range(together.parties)]
    for taker in takers:
        taker.start()
    for taker in takers:
        taker.join()
    assert waits.count(0) == FIXED.most and len(waits) == together.parties
