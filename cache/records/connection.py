"""A merchant's connection to one Zoho organisation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class ConnectionState(StrEnum):
    CONNECTED = "connected"
    RECONNECT_NEEDED = "reconnect_needed"
    DISCONNECTED = "disconnected"


@dataclass(frozen=True, kw_only=True)
class Connection:
    """org: our key, "us-600123". profile: the organisation's details as Zoho said them (stored form), at profile_said_at.

    why: in plain words, why the state is what it is; "" when all is well.
    """

    org: str
    dc: str
    organization_id: str
    name: str
    api_domain: str
    accounts_server: str
    scopes: tuple[str, ...]
    state: ConnectionState
    connected_at: dt.datetime
    connected_by: str
    time_zone: str
    currency: str
    billing_organization_id: str = ""
    profile: dict[str, Any] = field(default_factory=dict)
    profile_said_at: dt.datetime
    why: str = ""


def org_key(dc: str, organization_id: str) -> str:
    """Our key of an organisation; ids are unique within a data centre only."""
    return f"{dc}-{organization_id}"
