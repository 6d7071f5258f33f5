"""Whole documents from Zoho, stored by version: a newer version makes the older one unreachable."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from redis import Redis

from cache.copies.documents import keys as document_keys
from cache.scope import CustomerScope

TTL = 24 * 3600
ASKED_AT_ONCE = 2_000


@dataclass(frozen=True)
class StoredDocument:
    """body: the document's stored form."""

    body: dict[str, Any]
    as_of: dt.datetime
    version: str


class Documents:
    def __init__(self, copies: Redis) -> None:
        self._copies = copies

    def put(
        self, org: str, kind: str, document_id: str, version: str, body: dict[str, Any], as_of: dt.datetime
    ) -> None:
        text = json.dumps([body, as_of.astimezone(dt.UTC).isoformat(), version])
        with self._copies.pipeline() as pipe:
            pipe.set(document_keys.document(org, kind, document_id, version), text, ex=TTL)
            pipe.set(document_keys.newest_document(org, kind, document_id), version, ex=TTL)
            pipe.execute()

    def unread(self, org: str, kind: str, document_ids: Iterable[str]) -> list[str]:
        """Those without a recent copy."""
        every, found = list(document_ids), []
        for first in range(0, len(every), ASKED_AT_ONCE):
            part = every[first : first + ASKED_AT_ONCE]
            with self._copies.pipeline(transaction=False) as pipe:
                for item in part:
                    pipe.exists(document_keys.newest_document(org, kind, item))
                found += [item for item, is_there in zip(part, pipe.execute(), strict=True) if not is_there]
        return found

    def get(
        self, scope: CustomerScope, kind: str, document_id: str, version: str | None
    ) -> StoredDocument | None:
        """The copy of this version, or with version None the latest copy. Another customer's document counts
        as absent.
        """
        if version is None:
            newest: Any = self._copies.get(document_keys.newest_document(scope.org, kind, document_id))
            if newest is None:
                return None
            version = str(newest)
        text: Any = self._copies.get(document_keys.document(scope.org, kind, document_id, version))
        if not text:
            return None
        body, as_of, stored_version = json.loads(text)
        owner = body.get("id") if kind == "contacts" else body.get("customer_id")
        if owner != scope.customer_id:
            return None
        return StoredDocument(body, dt.datetime.fromisoformat(as_of), stored_version)
