"""Which lists of an organisation are mirrored, in the order of a first sync."""

from __future__ import annotations

from typing import Any

from cache.document_kind import DocumentKind
from cache.records.connections.connection import Connection
from cache.records.sync.sync_state import SUBSCRIPTION_LISTS
from connectors.zoho.document_kinds import ZOHO_DOCUMENTS, ZohoDocumentKind
from connectors.zoho.features import subscription_source


def lists_of(connection: Connection) -> list[ZohoDocumentKind[Any]]:
    """The organisation's mirrored lists. A scope that Zoho refused on a call is tried again: it may
    be back.
    """
    source = subscription_source(connection)
    others = set(SUBSCRIPTION_LISTS.values()) - {SUBSCRIPTION_LISTS.get(source)}
    return [ZOHO_DOCUMENTS[kind] for kind in DocumentKind if kind not in others]
