"""Merchants' logos: images named by their content, so that a URL never shows another image."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from redis import Redis

from cache.records.portal import keys as portal_keys

MAX_BYTES = 200 * 1024
"""Bytes."""

RETIRED_TTL = 400 * 24 * 3600
"""Seconds for which a replaced logo can still be fetched: emails already sent show it."""


@dataclass(frozen=True)
class Logo:
    """kind: image/png or image/jpeg."""

    kind: str
    content: bytes


class Logos:
    def __init__(self, records: Redis) -> None:
        self._records = records

    def put(self, org: str, logo: Logo) -> str:
        """Returns its name. The same image of another organisation has another name, because each is deleted
        separately.
        """
        name = hashlib.sha256(f"{org}\n{logo.kind}\n".encode() + logo.content).hexdigest()[:40]
        self._records.set(
            portal_keys.logo(name), json.dumps([logo.kind, base64.b64encode(logo.content).decode()])
        )
        return name

    def get(self, name: str) -> Logo | None:
        text: Any = self._records.get(portal_keys.logo(name))
        if not text:
            return None
        kind, content = json.loads(text)
        return Logo(kind, base64.b64decode(content))

    def retire(self, name: str) -> None:
        """Replaced by another, or by none."""
        self._records.expire(portal_keys.logo(name), RETIRED_TTL)
