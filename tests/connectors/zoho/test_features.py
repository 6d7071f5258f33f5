"""What a connection carries: each feature that is off has its reason, and subscriptions come from where they
can.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from cache.records.connections.connection import BillingUse, Connection, ConnectionState
from cache.records.connections.refused_scopes import RefusedScope
from connectors.zoho.api.scopes import (
    BILLING_PAGES_READ,
    BILLING_SUBSCRIPTIONS_READ,
    INVOICES_READ,
    PAYMENTS_READ,
    scopes_to_request,
)
from connectors.zoho.features import (
    ALL_BILLING_FEATURES,
    SubscriptionSource,
    disabled_features,
    subscription_source,
)

NOW = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
BOOKS_ONLY = Connection(
    org="us-1",
    dc="us",
    organization_id="1",
    name="Studio",
    api_domain="",
    accounts_server="",
    scopes=scopes_to_request(),
    state=ConnectionState.CONNECTED,
    connected_at=NOW,
    connected_by="m1",
    time_zone="UTC",
    currency="USD",
    profile_as_of=NOW,
)
WITH_BILLING = dataclasses.replace(
    BOOKS_ONLY,
    scopes=scopes_to_request(uses_billing=True),
    billing=BillingUse.FOUND,
    billing_organization_id="1",
)
REFUSED = RefusedScope(NOW, "Sie sind nicht berechtigt.")


def without(connection: Connection, *scopes: str) -> Connection:
    return dataclasses.replace(
        connection, scopes=tuple(scope for scope in connection.scopes if scope not in scopes)
    )


@pytest.mark.parametrize("connection", [BOOKS_ONLY, WITH_BILLING, dataclasses.replace(BOOKS_ONLY, scopes=())])
def test_with_everything_granted_or_nothing_known_nothing_is_off(connection: Connection) -> None:
    assert disabled_features(connection, {}) == ()


def test_facts_1_6_a_missing_scope_switches_off_its_feature_and_says_what_to_do() -> None:
    (off,) = disabled_features(without(BOOKS_ONLY, PAYMENTS_READ), {})
    assert off.feature == "payments made"
    assert off.reason == f"The connection does not cover {PAYMENTS_READ}. Reconnect and agree to it."


def test_facts_3_2_a_scope_that_zoho_refuses_switches_off_its_feature_and_quotes_zoho() -> None:
    (off,) = disabled_features(BOOKS_ONLY, {PAYMENTS_READ: REFUSED})
    assert off.feature == "payments made"
    assert "it said: Sie sind nicht berechtigt. Ask whoever administers your Zoho" in off.reason


def test_a_merchant_without_billing_hears_nothing_of_billing() -> None:
    assert disabled_features(BOOKS_ONLY, {BILLING_PAGES_READ: REFUSED}) == ()


def test_a_missing_scope_of_billing_switches_off_one_feature_of_billing() -> None:
    (off,) = disabled_features(without(WITH_BILLING, BILLING_PAGES_READ), {})
    assert off.feature == "paying through Zoho's page"


@pytest.mark.parametrize(
    "use", [use for use in BillingUse if use not in (BillingUse.FOUND, BillingUse.UNUSED)]
)
def test_every_way_of_having_no_billing_is_one_sentence_about_all_of_it(use: BillingUse) -> None:
    (off,) = disabled_features(dataclasses.replace(WITH_BILLING, billing=use, billing_organization_id=""), {})
    assert off.feature == ALL_BILLING_FEATURES
    assert off.reason.endswith(".")


def test_who_did_not_agree_to_billing_is_told_to_reconnect() -> None:
    (off,) = disabled_features(dataclasses.replace(BOOKS_ONLY, billing=BillingUse.NOT_ALLOWED), {})
    assert (
        off.reason
        == "The connection does not cover Zoho Billing. Reconnect with Zoho Billing and agree to it."
    )


def test_subscriptions_come_from_billing_where_it_is_found() -> None:
    assert subscription_source(WITH_BILLING) is SubscriptionSource.BILLING


@pytest.mark.parametrize(
    "connection",
    [
        BOOKS_ONLY,
        dataclasses.replace(WITH_BILLING, billing=BillingUse.NOT_FOUND),
        dataclasses.replace(WITH_BILLING, billing=BillingUse.NOT_OFFERED),
        without(WITH_BILLING, BILLING_SUBSCRIPTIONS_READ),
    ],
)
def test_facts_4_7_without_billing_recurring_invoices_stand_in(connection: Connection) -> None:
    assert subscription_source(connection) is SubscriptionSource.RECURRING


def test_with_neither_the_section_disappears() -> None:
    assert subscription_source(without(BOOKS_ONLY, INVOICES_READ)) is SubscriptionSource.NONE
