"""One review per person: what was seen is replaced, what was not seen is kept, and a form counts once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cache.records.portal.reviews import Review, Reviews
from cache.stores import Stores


@pytest.fixture
def reviews(stores: Stores) -> Reviews:
    return Reviews(stores.records)


def a_review(**changes: Any) -> Review:
    at = dt.datetime(2026, 11, 3, 10, 0, tzinfo=dt.UTC)
    given: dict[str, Any] = {
        "org": "us-1",
        "account_id": "a1",
        "customer_id": "501",
        "person_name": "Lena",
        "customer_name": "Brightwater",
        "stars": 4,
        "text": "“Kind” <b>people</b>",
        "form_key": "form-1",
        "written_at": at,
        "changed_at": at,
    }
    return Review(**given | changes)


def later(review: Review, **changes: Any) -> Review:
    return a_review(
        written_at=review.written_at,
        changed_at=review.changed_at + dt.timedelta(hours=1),
        form_key="form-2",
        **changes,
    )


def test_it_is_read_as_it_was_written(reviews: Reviews) -> None:
    assert reviews.save(a_review(), instead_of=None)
    assert reviews.get("us-1", "a1") == a_review() and not a_review().was_changed
    assert reviews.get("us-1", "a2") is None and reviews.get("us-2", "a1") is None


def test_a_change_takes_the_place_of_what_was_seen(reviews: Reviews) -> None:
    reviews.save(a_review(), instead_of=None)
    changed = later(a_review(), stars=2)
    assert reviews.save(changed, instead_of=a_review())
    assert reviews.of_org("us-1") == [changed] and changed.was_changed


@pytest.mark.parametrize("seen", [None, a_review()])
def test_what_was_not_seen_is_not_overwritten(reviews: Reviews, seen: Review | None) -> None:
    reviews.save(a_review(), instead_of=None)
    second = later(a_review(), stars=2)
    reviews.save(second, instead_of=a_review())
    assert not reviews.save(a_review(form_key="form-3", stars=1), instead_of=seen)
    assert reviews.of_org("us-1") == [second]


def test_the_same_form_twice_is_one_change(reviews: Reviews) -> None:
    assert reviews.save(a_review(), instead_of=None)
    assert reviews.save(a_review(changed_at=dt.datetime.now(dt.UTC)), instead_of=None)
    assert reviews.of_org("us-1") == [a_review()]


def test_of_an_organisation_the_last_changed_comes_first(reviews: Reviews) -> None:
    old, new = a_review(), later(a_review(), account_id="a2")
    for item in (old, new, a_review(org="us-2")):
        reviews.save(item, instead_of=None)
    assert reviews.of_org("us-1") == [new, old]
