"""Clients may trigger a check for news in Zoho, but only rarely: the organisation's calls are few."""

from __future__ import annotations

from typing import Any

from redis import Redis

from cache.records.sync import keys as sync_keys
from cache.scope import CustomerScope

CHECK_EVERY = 60
"""Seconds; for all persons of a customer together."""


class Checks:
    def __init__(self, records: Redis) -> None:
        self._records = records

    def begin(self, scope: CustomerScope) -> bool:
        """Whether this check is allowed. Of two at the same time only one is."""
        return bool(
            self._records.set(sync_keys.checked(scope.org, scope.customer_id), "1", nx=True, ex=CHECK_EVERY)
        )

    def seconds_to_wait(self, scope: CustomerScope) -> int:
        """Seconds until the next check; 0 for now."""
        left: Any = self._records.ttl(sync_keys.checked(scope.org, scope.customer_id))
        return max(0, int(left))
