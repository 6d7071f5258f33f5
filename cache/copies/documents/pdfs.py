"""PDFs by version, within a size limit. The caller has checked the owner."""

from __future__ import annotations

import base64
from typing import Any

from redis import Redis

from cache.copies.documents import keys as document_keys

MAX_BYTES = 5 * 1024 * 1024
"""Bytes; a larger file is passed on without storing it."""

TTL = 24 * 3600


class Pdfs:
    def __init__(self, copies: Redis) -> None:
        self._copies = copies

    def put(self, org: str, kind: str, document_id: str, version: str, content: bytes) -> bool:
        """Returns whether it was stored."""
        if not version or len(content) > MAX_BYTES:
            return False
        text = base64.b64encode(content).decode()
        return bool(self._copies.set(document_keys.pdf(org, kind, document_id, version), text, ex=TTL))

    def get(self, org: str, kind: str, document_id: str, version: str) -> bytes | None:
        text: Any = self._copies.get(document_keys.pdf(org, kind, document_id, version))
        return base64.b64decode(text) if text else None
