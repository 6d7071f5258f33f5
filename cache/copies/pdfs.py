"""PDFs by version, within a size limit. The caller has checked whose document it is."""

from __future__ import annotations

import base64
from typing import Any

from redis import Redis

from cache.copies import copy_keys

LARGEST = 5 * 1024 * 1024
"""Bytes; a larger file is passed through and not kept."""

KEPT_FOR = 24 * 3600


class Pdfs:
    def __init__(self, copies: Redis) -> None:
        self._copies = copies

    def put(self, org: str, kind: str, document_id: str, version: str, content: bytes) -> bool:
        """Whether it was kept."""
        if not version or len(content) > LARGEST:
            return False
        text = base64.b64encode(content).decode()
        return bool(self._copies.set(copy_keys.pdf(org, kind, document_id, version), text, ex=KEPT_FOR))

    def get(self, org: str, kind: str, document_id: str, version: str) -> bytes | None:
        text: Any = self._copies.get(copy_keys.pdf(org, kind, document_id, version))
        return base64.b64decode(text) if text else None
