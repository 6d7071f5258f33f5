"""A merchant's connection to one Zoho organisation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cache.stored import formerly
from cache.stored_converter import CommaList


class ConnectionState(StrEnum):
    CONNECTED = "connected"
    RECONNECT_NEEDED = "reconnect_needed"
    DISCONNECTED = "disconnected"


class BillingUse(StrEnum):
    """The result of the merchant's statement that they use Zoho Billing. Only FOUND has a
    billing_organization_id.
    """

    UNUSED = "unused"
    """The merchant does not use Billing, so it is never called."""
    FOUND = "found"
    NOT_FOUND = "not_found"
    """Zoho lists no Billing organisation for this one."""
    NOT_ALLOWED = "not_allowed"
    """The grant, or the user's role in Zoho, does not allow the call."""
    NOT_ANSWERED = "not_answered"
    """Zoho could not be reached."""
    NOT_OFFERED = "not_offered"
    """The data centre has no Zoho Billing."""


@dataclass(frozen=True, kw_only=True)
class Connection:
    """org: our key, "us-600123". profile: the organisation's details from Zoho (stored form), as of
    profile_as_of.

    billing_organization_id: "" unless Billing was found; it may differ from organization_id (zoho.md 8).
    why: the reason for the state, for people; "" if all is well.
    """

    org: str
    dc: str
    organization_id: str
    name: str
    api_domain: str
    accounts_server: str
    scopes: CommaList
    state: ConnectionState
    connected_at: dt.datetime
    connected_by: str
    time_zone: str
    currency: str
    billing: BillingUse = BillingUse.UNUSED
    billing_organization_id: str = ""
    profile: dict[str, Any] = field(default_factory=dict)
    profile_as_of: dt.datetime = field(metadata=formerly("profile_said_at"))
    why: str = ""


def org_key(dc: str, organization_id: str) -> str:
    """Our key of an organisation; Zoho's ids are unique only within a data centre."""
    return f"{dc}-{organization_id}"
