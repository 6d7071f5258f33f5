"""How far a merchant has come in setting their portal up: which steps they have passed by a decision of
theirs.
"""

from __future__ import annotations

from typing import Any

from redis import Redis

from cache.records.portal import keys as portal_keys

BRANDING, SETTINGS, DONE = "look", "settings", "done"
"""What only the merchant can say is done. The other steps are seen from what stands already."""

STEPS = (BRANDING, SETTINGS, DONE)


class SetupProgress:
    def __init__(self, records: Redis) -> None:
        self._records = records

    def completed(self, org: str) -> frozenset[str]:
        found: Any = self._records.smembers(portal_keys.setup_progress(org))
        return frozenset(found)

    def mark(self, org: str, step: str) -> None:
        """step: one of STEPS."""
        self._records.sadd(portal_keys.setup_progress(org), step)
