"""A grant between the merchant's consent and their choice of an organisation: sealed, for a quarter of an
hour and one session.
"""

from __future__ import annotations

from typing import Any

from redis import Redis

from cache.records.connections import keys as connection_keys
from cache.sealing import Seal

GRANT_LIFE = 900


class PendingGrants:
    """The grant is text made and read by the gateway; it holds tokens, so it is sealed for its session."""

    def __init__(self, records: Redis, seal: Seal) -> None:
        self._records, self._seal = records, seal

    def put(self, session_id: str, grant: str) -> None:
        self._records.set(
            connection_keys.pending_grant(session_id),
            self._seal.seal(grant, context=_context(session_id)),
            ex=GRANT_LIFE,
        )

    def get(self, session_id: str) -> str | None:
        """The grant, repeatedly; None if there is none or it is too old."""
        sealed: Any = self._records.get(connection_keys.pending_grant(session_id))
        return self._seal.open(sealed, context=_context(session_id)) if sealed else None

    def drop(self, session_id: str) -> None:
        self._records.delete(connection_keys.pending_grant(session_id))


def _context(session_id: str) -> str:
    return f"grant:{session_id}"
