"""The merchant's organisation as of the last sync."""

from __future__ import annotations

from cache.records.connections.connection import Connection
from connectors.zoho.api.errors import ZohoUnreadable
from connectors.zoho.documents.organization import Organization


def organisation_profile(connection: Connection) -> Organization:
    """Name and contact details; only the name before the first sync."""
    try:
        return Organization.from_stored(connection.profile)
    except ZohoUnreadable:
        return Organization(id=connection.organization_id, name=connection.name)
