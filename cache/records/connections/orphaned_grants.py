"""Orphaned OAuth grants: consent given, no organisation chosen.

A sealed copy outlives the choice, with a time at which a worker checks whether the grant is needed and
revokes it if not.
"""

from __future__ import annotations

import json
from typing import Any

from redis import Redis

from cache.hashes import hash_of
from cache.records.connections import keys as connection_keys
from cache.records.connections.pending_grants import GRANT_LIFE
from cache.records.scheduler.due_times import DueTimes
from cache.sealing import Seal

ORPHANED_AFTER = GRANT_LIFE + 5 * 60
"""Seconds after the consent: the choice has expired, and a request that was just choosing has ended."""

TRIED_AGAIN_AFTER = 3600.0
"""Seconds until a revocation that Zoho did not confirm is tried again."""

TRIED_FOR = 3 * 24 * 3600
"""Seconds after which it is given up: Zoho does not confirm the revocation of a grant that the merchant has
already revoked there either.
"""


class OrphanedGrants:
    """An id is a hash of the refresh token: each grant is stored once, and its id reveals nothing."""

    def __init__(self, records: Redis, seal: Seal) -> None:
        self._records, self._seal = records, seal
        self._due = DueTimes(records, "grants")

    def keep(self, dc: str, refresh_token: str) -> str:
        """Store a new grant and return its id. The due time is written first: a copy without one would stay
        for ever.
        """
        grant_id = orphaned_grant_id(refresh_token)
        self._due.set_in(grant_id, ORPHANED_AFTER)
        sealed = self._seal.seal(json.dumps([dc, refresh_token]), context=_context(grant_id))
        self._records.set(connection_keys.orphaned_grant(grant_id), sealed, ex=TRIED_FOR)
        return grant_id

    def get(self, grant_id: str) -> tuple[str, str] | None:
        """(data centre, refresh token); None if it is settled or given up. Raises SealBroken."""
        sealed: Any = self._records.get(connection_keys.orphaned_grant(grant_id))
        if not sealed:
            return None
        dc, refresh_token = json.loads(self._seal.open(sealed, context=_context(grant_id)))
        return dc, refresh_token

    def settle(self, grant_id: str) -> None:
        """It is needed, or was revoked: no further check."""
        self._records.delete(connection_keys.orphaned_grant(grant_id))
        self._due.remove(grant_id)

    def claim_due(self, limit: int) -> list[str]:
        """Ids that are due; they become due again unless settled."""
        return self._due.claim_due(limit, lease=TRIED_AGAIN_AFTER)


def orphaned_grant_id(refresh_token: str) -> str:
    return hash_of(refresh_token)[:32]


def _context(grant_id: str) -> str:
    return f"left_grant:{grant_id}"
