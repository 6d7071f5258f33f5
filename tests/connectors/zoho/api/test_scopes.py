"""What a grant covers, and what a merchant is told is missing."""

from __future__ import annotations

import pytest

from connectors.zoho.api.scopes import BOOKS_SCOPES, covers, missing_features, scopes_to_request


def test_facts_1_6_billing_is_asked_for_only_when_the_merchant_says_so() -> None:
    assert not [scope for scope in scopes_to_request() if scope.startswith("ZohoSubscriptions")]
    assert [scope for scope in scopes_to_request(uses_billing=True) if scope.startswith("ZohoSubscriptions")]
    assert set(BOOKS_SCOPES) <= set(scopes_to_request(uses_billing=True))


def test_facts_1_6_the_broad_settings_scope_is_asked_for_only_where_payment_links_are_wanted() -> None:
    assert "ZohoBooks.settings.ALL" not in scopes_to_request(uses_billing=True)
    assert set(scopes_to_request(makes_payment_links=True)) - set(scopes_to_request()) == {
        "ZohoBooks.settings.ALL"
    }


@pytest.mark.parametrize(
    ("granted", "allowed"),
    [
        (("ZohoBooks.invoices.READ",), True),
        (("ZohoBooks.invoices.ALL",), True),
        (("ZohoBooks.fullaccess.all",), True),
        (("ZohoBooks.invoices.CREATE",), False),
        (("ZohoBooks.estimates.ALL",), False),
        (("ZohoSubscriptions.fullaccess.all",), False),
        ((), False),
    ],
)
def test_a_scope_is_covered_by_itself_its_modules_all_or_full_access(
    granted: tuple[str, ...], allowed: bool
) -> None:
    assert covers(granted, "ZohoBooks.invoices.READ") is allowed


def test_facts_3_2_one_missing_scope_switches_off_one_feature() -> None:
    granted = [scope for scope in BOOKS_SCOPES if scope != "ZohoBooks.customerpayments.READ"]
    assert missing_features(granted) == {"payments made": ("ZohoBooks.customerpayments.READ",)}
    assert missing_features(BOOKS_SCOPES) == {}
