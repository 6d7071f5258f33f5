"""Words and waits for everything that can keep an order from going on."""

from __future__ import annotations

import pytest

from connectors.zoho.api.errors import (
    ZohoAccessLost,
    ZohoBusy,
    ZohoError,
    ZohoRefused,
    ZohoScopeMissing,
    ZohoUnavailable,
    ZohoUnreadable,
)
from workers.push.failure_policy import PERSON_NEEDED, SCOPE_MISSING, failure_policy_for, zoho_message_of


@pytest.mark.parametrize(
    ("error", "expected", "at_least"),
    [
        (ZohoUnavailable("the connection to Zoho was cut"), "cannot be reached", 0.0),
        (ZohoBusy("slow down", retry_after=42.0, code=44), "takes no more calls", 42.0),
        (ZohoAccessLost("invalid_code"), "connected again", 60.0),
        (ZohoScopeMissing("no", scope="ZohoBooks.estimates.CREATE"), "does not allow this", SCOPE_MISSING),
        (
            ZohoUnreadable(org="us-600", kind="estimate", id="77", field="total"),
            "could not be read",
            PERSON_NEEDED,
        ),
        (ZohoRefused("Invalid value", code=2), "did not show what it has", PERSON_NEEDED),
    ],
)
def test_each_kind_of_trouble_has_its_words_and_its_wait(
    error: ZohoError, expected: str, at_least: float
) -> None:
    policy = failure_policy_for(error)
    assert expected in policy.message
    assert policy.at_least == at_least


def test_only_zohos_own_words_are_given_as_zohos() -> None:
    assert (
        zoho_message_of(ZohoRefused("Das Angebot ist abgelaufen.", code=4043, status=400))
        == "Das Angebot ist abgelaufen."
    )
    assert zoho_message_of(ZohoUnavailable("the connection to Zoho was cut")) == ""
