"""After a run of failures Zoho is left alone; then one caller at a time tries, and success lets everybody in
again.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from cache.copies import keys as copy_keys
from cache.copies.breaker import MAX_FAILURES, Breaker, CallOutcome
from cache.stores import Stores

ORG = "us-600123"


@pytest.fixture
def breaker(stores: Stores) -> Breaker:
    return Breaker(stores.copies)


def fail(breaker: Breaker, times: int) -> None:
    for _ in range(times):
        breaker.note_failure(ORG)


def after_a_while(stores: Stores) -> None:
    """The thirty seconds are over."""
    assert stores.copies.delete(f"{copy_keys.breaker(ORG)}:open") == 1


def test_a_few_failures_stop_nobody(breaker: Breaker) -> None:
    fail(breaker, MAX_FAILURES - 1)
    assert breaker.may_call(ORG) and breaker.may_call(ORG)


def test_a_run_of_failures_stops_everybody_but_only_for_this_organisation(breaker: Breaker) -> None:
    fail(breaker, MAX_FAILURES)
    assert not breaker.may_call(ORG)
    assert breaker.may_call("us-other")


def test_success_between_failures_begins_the_count_anew(breaker: Breaker) -> None:
    fail(breaker, MAX_FAILURES - 1)
    breaker.note_success(ORG)
    fail(breaker, MAX_FAILURES - 1)
    assert breaker.may_call(ORG)


def test_afterwards_one_of_many_may_try(breaker: Breaker, stores: Stores) -> None:
    fail(breaker, MAX_FAILURES)
    after_a_while(stores)
    with ThreadPoolExecutor(20) as callers:
        let_through = sum(callers.map(lambda _: breaker.may_call(ORG), range(100)))
    assert let_through == 1


def test_a_try_that_fails_closes_the_door_again_at_once(breaker: Breaker, stores: Stores) -> None:
    fail(breaker, MAX_FAILURES)
    after_a_while(stores)
    assert breaker.may_call(ORG)
    breaker.note_failure(ORG)
    assert not breaker.may_call(ORG)


def test_a_try_that_succeeds_lets_everybody_in(breaker: Breaker, stores: Stores) -> None:
    fail(breaker, MAX_FAILURES)
    after_a_while(stores)
    assert breaker.may_call(ORG)
    breaker.note_success(ORG)
    assert all(breaker.may_call(ORG) for _ in range(10))


@pytest.mark.parametrize(
    ("outcome", "may"),
    [(CallOutcome.ANSWERED, True), (CallOutcome.NOT_ASKED, True), (CallOutcome.NO_ANSWER, False)],
)
def test_whoever_was_let_through_says_what_came_of_it(
    breaker: Breaker, stores: Stores, outcome: CallOutcome, may: bool
) -> None:
    """A probe that was not made after all is another one's to make, at once."""
    fail(breaker, MAX_FAILURES)
    after_a_while(stores)
    assert breaker.may_call(ORG) and not breaker.may_call(ORG)
    breaker.note(ORG, outcome)
    assert breaker.may_call(ORG) is may
    assert breaker.may_call(ORG) is (outcome is CallOutcome.ANSWERED)


def test_when_the_copies_are_emptied_nothing_is_closed(breaker: Breaker, stores: Stores) -> None:
    fail(breaker, MAX_FAILURES)
    stores.copies.flushdb()
    assert breaker.may_call(ORG)
