"""How often something may happen within a window of time, shared by all processes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from redis import Redis

from cache.lua import load_script

TAKE = load_script(__package__, "rate_limiter_take")


@dataclass(frozen=True)
class RateLimit:
    """most: events within `window` seconds. is_fixed: the window begins with its first event and ends for all
    of them at once; otherwise each event counts for its own `window` seconds.
    """

    most: int
    window: int
    is_fixed: bool = False


class RateLimiter:
    """Counts events per key. Calls to Zoho have a budget of their own (CallBudget), and tries to sign in are
    counted by SignInTries, since pauses grow there and a right password takes its try back.
    """

    def __init__(self, records: Redis) -> None:
        self._take = records.register_script(TAKE)

    def take(self, key: str, limit: RateLimit, event: str = "") -> int:
        """0 if it may happen now, which counts it; otherwise the seconds until it may. An event that is named
        counts once within the window, and is let through again.
        """
        args: list[str | int] = [
            limit.most,
            limit.window,
            event or secrets.token_hex(8),
            int(limit.is_fixed),
        ]
        return int(self._take(keys=[key], args=args))
