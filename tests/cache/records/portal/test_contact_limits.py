"""How often a client may write: a few forms in a while, each counted once, one person beside another."""

from __future__ import annotations

import pytest

from cache.records.portal import keys as portal_keys
from cache.records.portal.contact_limits import LIMITS, ContactLimits, ContactMethod
from cache.stores import Stores


@pytest.fixture
def limiter(stores: Stores) -> ContactLimits:
    return ContactLimits(stores.records)


@pytest.mark.parametrize("method", ContactMethod)
def test_what_is_too_much_waits_and_keeps_nobody_else_waiting(
    limiter: ContactLimits, method: ContactMethod
) -> None:
    most = LIMITS[method].most
    assert [limiter.take("us-1", "a1", method, f"form-{place}") for place in range(most)] == [0] * most
    assert 0 < limiter.take("us-1", "a1", method, "one more") <= LIMITS[method].window
    assert not limiter.was_taken("us-1", "a1", method, "one more")
    other = ContactMethod.REVIEW if method is ContactMethod.MAIL else ContactMethod.MAIL
    assert (
        limiter.take("us-1", "a2", method, "one more") == limiter.take("us-1", "a1", other, "one more") == 0
    )


def test_the_same_form_counts_once_and_goes_on(limiter: ContactLimits) -> None:
    most = LIMITS[ContactMethod.MAIL].most
    for place in range(most):
        limiter.take("us-1", "a1", ContactMethod.MAIL, f"form-{place}")
        assert limiter.take("us-1", "a1", ContactMethod.MAIL, f"form-{place}") == 0
    assert (
        limiter.take("us-1", "a1", ContactMethod.MAIL, "one more")
        > 0
        == limiter.take("us-1", "a1", ContactMethod.MAIL, "form-0")
    )


def test_after_the_window_there_is_room_again(limiter: ContactLimits, stores: Stores) -> None:
    name = portal_keys.contact_forms("us-1", "a1", ContactMethod.MAIL)
    for place in range(LIMITS[ContactMethod.MAIL].most):
        limiter.take("us-1", "a1", ContactMethod.MAIL, f"form-{place}")
    stores.records.zincrby(name, -LIMITS[ContactMethod.MAIL].window, "form-0")
    assert limiter.take("us-1", "a1", ContactMethod.MAIL, "one more") == 0
    assert not limiter.was_taken("us-1", "a1", ContactMethod.MAIL, "form-0") and limiter.was_taken(
        "us-1", "a1", ContactMethod.MAIL, "one more"
    )
