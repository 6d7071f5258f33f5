"""Which client a merchant's session is viewing as. Bound to the session, and expires on its own too."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from redis import Redis

from cache.records.sign_in import keys as sign_in_keys

LIFE = 3600
"""Seconds after which a forgotten client view expires."""


class ClientView(NamedTuple):
    """A contact person of a customer of this organisation."""

    org: str
    customer_id: str
    person_id: str


class ClientViews:
    def __init__(self, records: Redis) -> None:
        self._records = records

    def start(self, session_id: str, view: ClientView) -> None:
        self._records.set(sign_in_keys.client_view(session_id), json.dumps(view), ex=LIFE)

    def of(self, session_id: str) -> ClientView | None:
        text: Any = self._records.get(sign_in_keys.client_view(session_id))
        return ClientView(*json.loads(text)) if text else None

    def end(self, session_id: str) -> None:
        self._records.delete(sign_in_keys.client_view(session_id))
