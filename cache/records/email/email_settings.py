"""Which emails the merchant has switched on, and when their digest is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from redis import Redis

from cache.records.email import keys as email_keys
from cache.records.email.email_kinds import EMAIL_KINDS, Mode

HOUR = "digest_hour"
DEFAULT_HOUR = 7


@dataclass(frozen=True, kw_only=True)
class EmailSettings:
    """modes: by kind, as chosen. digest_hour: 0 to 23, in the organisation's time zone."""

    modes: Mapping[str, Mode] = field(default_factory=dict)
    digest_hour: int = DEFAULT_HOUR

    def mode(self, kind: str) -> Mode:
        """The mode of this kind; a fixed kind is sent at once, and so is a digest choice for one that cannot
        wait.
        """
        known = EMAIL_KINDS[kind]
        if not known.is_switchable:
            return Mode.NOW
        chosen = self.modes.get(kind, known.default_mode)
        return Mode.NOW if chosen is Mode.DIGEST and not known.is_digestible else chosen


class EmailSettingsRecords:
    def __init__(self, records: Redis) -> None:
        self._records = records

    def get(self, org: str) -> EmailSettings:
        """The saved settings; kinds added since have their default mode."""
        fields: Any = self._records.hgetall(email_keys.email_settings(org))
        modes = {name: Mode(value) for name, value in fields.items() if name in EMAIL_KINDS}
        return EmailSettings(modes=modes, digest_hour=int(fields.get(HOUR, DEFAULT_HOUR)))

    def save(self, org: str, settings: EmailSettings) -> None:
        stored: dict[Any, Any] = {name: mode.value for name, mode in settings.modes.items()}
        self._records.hset(email_keys.email_settings(org), mapping=stored | {HOUR: str(settings.digest_hour)})
