"""Which features a merchant's connection supports, and why the others are off, with what to do about it
(zoho.md 1.6, 3.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cache.records.connections.connection import BillingUse, Connection
from cache.records.connections.refused_scopes import RefusedScope
from connectors.zoho.api.scopes import (
    BILLING_PAGES_CREATE,
    BILLING_PAGES_READ,
    BILLING_SCOPES,
    BILLING_SUBSCRIPTIONS_READ,
    FEATURE_SCOPES,
    INVOICES_READ,
    covers,
    missing_features,
)

ALL_BILLING_FEATURES = "everything that comes from Zoho Billing"

NO_BILLING_REASONS: Mapping[BillingUse, str] = {
    BillingUse.UNUSED: "You have not said that you use Zoho Billing.",
    BillingUse.NOT_OFFERED: "Zoho Billing does not exist in the data centre of this organisation.",
    BillingUse.NOT_FOUND: (
        "Zoho lists no organisation in Zoho Billing that is this one. If you use Zoho Billing under "
        "another name, give both the same name "
        "in Zoho, then look again."
    ),
    BillingUse.NOT_ALLOWED: (
        "Zoho does not let this connection look into Zoho Billing. Ask whoever administers it to "
        "give you access, then look again."
    ),
    BillingUse.NOT_ANSWERED: "Zoho Billing could not be asked when you connected. Look again in a moment.",
}
"""Why there is no Billing organisation. FOUND is not included."""


@dataclass(frozen=True)
class DisabledFeature:
    """A feature's name for merchants, and why it is off with what to do about it."""

    feature: str
    reason: str


class SubscriptionSource(StrEnum):
    """The source of what clients see as subscriptions."""

    BILLING = "billing"
    RECURRING = "recurring"
    NONE = "none"


def disabled_features(
    connection: Connection, refused: Mapping[str, RefusedScope]
) -> tuple[DisabledFeature, ...]:
    """Every feature that is off. refused: scopes that Zoho refuses on calls. Billing is left out for
    merchants who do not use it.
    """
    return (*_disabled(FEATURE_SCOPES, connection, refused), *_disabled_billing(connection, refused))


def subscription_source(connection: Connection) -> SubscriptionSource:
    """Billing; else the recurring invoices of Books; or nothing if those may not be read either (zoho.md 4.7,
    8).

    A scope refused on calls changes nothing here: it may come back, and known data stays visible.
    """
    if connection.billing is BillingUse.FOUND and not _disabled_reason(
        (BILLING_SUBSCRIPTIONS_READ,), connection, {}
    ):
        return SubscriptionSource.BILLING
    return (
        SubscriptionSource.NONE
        if _disabled_reason((INVOICES_READ,), connection, {})
        else SubscriptionSource.RECURRING
    )


def no_payment_pages_reason(connection: Connection, refused: Mapping[str, RefusedScope]) -> str:
    """Why Billing makes no payment pages for this merchant; "" if it does."""
    lacking = _disabled_reason((BILLING_PAGES_CREATE, BILLING_PAGES_READ), connection, refused)
    return NO_BILLING_REASONS.get(connection.billing, lacking)


def _disabled_billing(
    connection: Connection, refused: Mapping[str, RefusedScope]
) -> Iterator[DisabledFeature]:
    if connection.billing is BillingUse.UNUSED:
        return
    nothing_granted = missing_features(connection.scopes, BILLING_SCOPES).keys() == BILLING_SCOPES.keys()
    if connection.billing is BillingUse.NOT_ALLOWED and nothing_granted:
        yield DisabledFeature(
            ALL_BILLING_FEATURES,
            "The connection does not cover Zoho Billing. Reconnect with Zoho Billing and agree to it.",
        )
    elif connection.billing is not BillingUse.FOUND:
        yield DisabledFeature(ALL_BILLING_FEATURES, NO_BILLING_REASONS[connection.billing])
    else:
        yield from _disabled(BILLING_SCOPES, connection, refused)


def _disabled(
    features: Mapping[str, tuple[str, ...]], connection: Connection, refused: Mapping[str, RefusedScope]
) -> Iterator[DisabledFeature]:
    for feature, scopes in features.items():
        reason = _disabled_reason(scopes, connection, refused)
        if reason:
            yield DisabledFeature(feature, reason)


def _disabled_reason(
    scopes: tuple[str, ...], connection: Connection, refused: Mapping[str, RefusedScope]
) -> str:
    """ "" if all of these scopes are granted and none was refused."""
    lacking = [scope for scope in scopes if not covers(connection.scopes, scope)]
    if lacking and connection.scopes:
        return f"The connection does not cover {', '.join(lacking)}. Reconnect and agree to it."
    marks = [refused[scope] for scope in scopes if scope in refused]
    if marks:
        message = marks[0].message.rstrip(".")
        return (
            f"Zoho refuses it although you agreed; it said: {message}. Ask whoever administers "
            f"your Zoho to give you access."
        )
    return ""
