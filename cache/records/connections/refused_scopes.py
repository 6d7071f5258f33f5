"""Scopes that Zoho refused on a call although the grant has them: a role was taken away, a module switched
off (zoho.md 1.6, 3.2).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from redis import Redis

from cache.clock import store_now
from cache.records.connections import keys as connection_keys


@dataclass(frozen=True)
class RefusedScope:
    """When Zoho first refused it, and Zoho's message, which is for people."""

    since: dt.datetime
    message: str


class RefusedScopes:
    """A refusal explains why a feature is off. It blocks no call: the next success removes it."""

    def __init__(self, records: Redis) -> None:
        self._records = records

    def note(self, org: str, scope: str, message: str) -> None:
        """Keep the first refusal: it tells since when."""
        mark = json.dumps([store_now(self._records).isoformat(), message])
        self._records.hsetnx(connection_keys.refused_scopes(org), scope, mark)

    def allowed(self, org: str, scope: str) -> None:
        """A call of this scope has succeeded."""
        self._records.hdel(connection_keys.refused_scopes(org), scope)

    def of(self, org: str) -> Mapping[str, RefusedScope]:
        """Scope → its refusal."""
        found: Any = self._records.hgetall(connection_keys.refused_scopes(org))
        return {scope: _read(mark) for scope, mark in found.items()}

    def forget(self, org: str) -> None:
        """A new grant clears all refusals."""
        self._records.delete(connection_keys.refused_scopes(org))


def _read(mark: str) -> RefusedScope:
    since, message = json.loads(mark)
    return RefusedScope(dt.datetime.fromisoformat(since), message)
