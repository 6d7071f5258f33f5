"""How far a merchant has set up their portal: the steps they confirmed themselves."""

from __future__ import annotations

from typing import Any

from redis import Redis

from cache.records.portal import keys as portal_keys

BRANDING, SETTINGS, DONE = "look", "settings", "done"
"""Steps that only the merchant can confirm. The others follow from existing records."""

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
