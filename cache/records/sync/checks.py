"""Clients may trigger a check for news in Zoho, but only rarely: the organisation's calls are few."""

from __future__ import annotations

from typing import Any

from redis import Redis

from cache.rate_limiter import RateLimit, RateLimiter
from cache.records.sync import keys as sync_keys
from cache.scope import CustomerScope

CHECK_EVERY = 60
"""Seconds; for all persons of a customer together."""

ONE_CHECK = RateLimit(1, CHECK_EVERY, is_fixed=True)


class Checks:
    def __init__(self, records: Redis) -> None:
        self._records, self._limiter = records, RateLimiter(records)

    def begin(self, scope: CustomerScope) -> bool:
        """Whether this check is allowed. Of two at the same time only one is."""
        return self._limiter.take(sync_keys.checks(scope.org, scope.customer_id), ONE_CHECK) == 0

    def seconds_to_wait(self, scope: CustomerScope) -> int:
        """Seconds until the next check; 0 for now."""
        left: Any = self._records.ttl(sync_keys.checks(scope.org, scope.customer_id))
        return max(0, int(left))
