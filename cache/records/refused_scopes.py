"""Scopes that Zoho refused at a call although the grant names them: a role taken away, a module switched off
(FACTS 1.6, 3.2).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from redis import Redis

from cache import keys
from cache.clock import store_now


@dataclass(frozen=True)
class RefusedScope:
    """When Zoho first refused it, and Zoho's own words, which are for people."""

    since: dt.datetime
    words: str


class RefusedScopes:
    """A mark says why a feature is off. It holds back no call: the next one that succeeds takes it away."""

    def __init__(self, records: Redis) -> None:
        self._records = records

    def note(self, org: str, scope: str, words: str) -> None:
        """The first refusal stays: it tells since when."""
        mark = json.dumps([store_now(self._records).isoformat(), words])
        self._records.hsetnx(keys.refused_scopes(org), scope, mark)

    def allowed(self, org: str, scope: str) -> None:
        """Zoho has just answered a call of this scope."""
        self._records.hdel(keys.refused_scopes(org), scope)

    def of(self, org: str) -> Mapping[str, RefusedScope]:
        """Scope → its refusal."""
        found: Any = self._records.hgetall(keys.refused_scopes(org))
        return {scope: _read(mark) for scope, mark in found.items()}

    def forget(self, org: str) -> None:
        """A new grant, a new start."""
        self._records.delete(keys.refused_scopes(org))


def _read(mark: str) -> RefusedScope:
    since, words = json.loads(mark)
    return RefusedScope(dt.datetime.fromisoformat(since), words)
