"""The call limits of an organisation, with Zoho's codes and headers (zoho.md 3.1, 3.2)."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sandbox.clock import Clock
from sandbox.refusals import Refused
from sandbox.world import Organisation

BOOKS, BILLING = "books", "billing"
LIMITS_OF = {BOOKS: "", BILLING: "billing_"}
"""Product → prefix of its limits among the settings: each product has its own limits (zoho.md 3.1)."""


@dataclass
class Usage:
    """One organisation's usage of one product."""

    minute: deque[float] = field(default_factory=deque)
    """Times of the calls of the last 60 seconds."""
    day: str = ""
    calls_today: int = 0
    at_once: int = 0
    blocked_until: float = 0.0


class Limits:
    """Counts calls per organisation and product. Used while holding the world's lock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._usage: dict[tuple[str, str], Usage] = {}

    def admit(self, organisation: Organisation, product: str = BOOKS) -> None:
        """Count one call, or raise Refused: 1070 too many at once, 44 this minute (blocks for a while), 45
        today.
        """
        usage, settings = self._usage_today(organisation, product), organisation.settings
        per_minute, per_day, at_once = (
            settings[f"{LIMITS_OF[product]}calls_{name}"] for name in ("per_minute", "per_day", "at_once")
        )
        now = self._clock.now().timestamp()
        while usage.minute and usage.minute[0] <= now - 60:
            usage.minute.popleft()
        if usage.at_once >= at_once:
            raise Refused(
                1070,
                "You have exceeded the maximum number of in process requests for this organization.",
                429,
            )
        if now < usage.blocked_until:
            raise self._blocked()
        if len(usage.minute) >= per_minute:
            usage.blocked_until = now + settings["block_seconds"]
            raise self._blocked()
        if usage.calls_today >= per_day:
            raise Refused(
                45,
                (
                    f"The API call for this organization has exceeded the maximum call rate limit of "
                    f"{per_day:,}."
                ),
                429,
            )
        usage.minute.append(now)
        usage.calls_today += 1
        usage.at_once += 1

    def leave(self, organisation: Organisation, product: str = BOOKS) -> None:
        """A counted call has ended."""
        usage = self._usage_today(organisation, product)
        usage.at_once = max(0, usage.at_once - 1)

    def spend(self, organisation: Organisation, calls: int, product: str) -> int:
        """Simulate calls by the merchant's other programs; returns the day's remaining calls
        (zoho.md 3.1).
        """
        usage, now = self._usage_today(organisation, product), self._clock.now().timestamp()
        usage.minute.extend([now] * calls)
        usage.calls_today += calls
        return max(0, int(organisation.settings[f"{LIMITS_OF[product]}calls_per_day"]) - usage.calls_today)

    def headers(self, organisation: Organisation) -> dict[str, str]:
        """For Books: the daily limit, the remaining calls, and the seconds until the organisation's
        midnight.
        """
        usage, limit = self._usage_today(organisation, BOOKS), organisation.settings["calls_per_day"]
        here = self._clock.now().astimezone(ZoneInfo(organisation.time_zone))
        midnight = datetime.combine(here.date() + timedelta(days=1), time(0), here.tzinfo)
        return {
            "X-Rate-Limit-Limit": str(limit),
            "X-Rate-Limit-Remaining": str(max(0, limit - usage.calls_today)),
            "X-Rate-Limit-Reset": str(int(midnight.timestamp() - here.timestamp())),
        }

    def clear(self) -> None:
        """Reset usage; calls in progress end uncounted."""
        self._usage.clear()

    def _usage_today(self, organisation: Organisation, product: str) -> Usage:
        usage = self._usage.setdefault((organisation.id, product), Usage())
        today = self._clock.today(organisation.time_zone).isoformat()
        if usage.day != today:
            usage.day, usage.calls_today = today, 0
        return usage

    @staticmethod
    def _blocked() -> Refused:
        return Refused(
            44,
            (
                "For security reasons you have been blocked for some time as you have exceeded the "
                "maximum number of requests per minute."
            ),
            429,
        )
