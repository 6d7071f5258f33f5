"""How far a merchant has come in setting their portal up: which steps they have passed by a decision of
theirs.
"""

from __future__ import annotations

from typing import Any

from redis import Redis

from cache import keys

LOOK, SETTINGS, DONE = "look", "settings", "done"
"""What only the merchant can say is done. The other steps are seen from what stands already."""

STEPS = (LOOK, SETTINGS, DONE)


class SettingUp:
    def __init__(self, records: Redis) -> None:
        self._records = records

    def passed(self, org: str) -> frozenset[str]:
        found: Any = self._records.smembers(keys.setting_up(org))
        return frozenset(found)

    def mark(self, org: str, step: str) -> None:
        """step: one of STEPS."""
        self._records.sadd(keys.setting_up(org), step)
