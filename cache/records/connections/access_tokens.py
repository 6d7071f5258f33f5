"""One access token per organisation, sealed, shared by all processes (zoho.md 1.3)."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from redis import Redis

from cache.hashes import hash_of
from cache.locks import single_flight
from cache.lua import load_script
from cache.rate_limiter import RateLimit, RateLimiter
from cache.records.connections import keys as connection_keys
from cache.sealing import Seal

REFRESH_HELD_FOR = 15.0
REFRESH_WAIT = 10.0

REFRESHES = RateLimit(9, 600)
"""Zoho refuses the eleventh in ten minutes for the rest of the window; we stop before that."""

DROP_IF = load_script(__package__, "access_tokens_drop_if")


@dataclass(frozen=True)
class AccessToken:
    value: str = field(repr=False)
    expires_at: dt.datetime


class AccessTokens:
    def __init__(self, records: Redis, seal: Seal) -> None:
        self._records, self._seal = records, seal
        self._drop_if = records.register_script(DROP_IF)
        self._limiter = RateLimiter(records)

    def get(self, org: str) -> AccessToken | None:
        sealed: Any = self._records.hget(connection_keys.access_token(org), "sealed")
        if not sealed:
            return None
        value, expires_at = json.loads(self._seal.open(sealed, context=_context(org)))
        return AccessToken(value, dt.datetime.fromisoformat(expires_at))

    def put(self, org: str, value: str, lifetime: float) -> None:
        """lifetime: seconds from now, after which Redis expires the token."""
        expires_at = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=lifetime)
        sealed = self._seal.seal(json.dumps([value, expires_at.isoformat()]), context=_context(org))
        fields: Any = {"sealed": sealed, "digest": hash_of(value)}
        with self._records.pipeline() as pipe:
            pipe.hset(connection_keys.access_token(org), mapping=fields)
            pipe.expire(connection_keys.access_token(org), max(1, int(lifetime)))
            pipe.execute()

    def drop(self, org: str, *, if_value: str) -> None:
        """Delete the token, but only this one: fifty callers with the same dead token must not delete its
        successor.
        """
        self._drop_if(keys=[connection_keys.access_token(org)], args=[hash_of(if_value)])

    def refresh_lock(self, org: str) -> AbstractContextManager[None]:
        """Held while one caller refreshes for all. Raises cache.locks.LockBusy after ten seconds of
        waiting.
        """
        return single_flight(
            self._records, connection_keys.refresh_lock(org), held_for=REFRESH_HELD_FOR, wait=REFRESH_WAIT
        )

    def seconds_until_refresh(self, org: str) -> int:
        """0 if a refresh is allowed now (and counts it), otherwise the seconds to wait under Zoho's limit of
        ten in ten minutes.
        """
        return self._limiter.take(connection_keys.refreshes(org), REFRESHES)


def _context(org: str) -> str:
    return f"access_token:{org}"
