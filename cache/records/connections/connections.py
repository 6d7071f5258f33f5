"""Connections to Zoho organisations, each with its sealed refresh token."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from redis import Redis

from cache.lua import load_script
from cache.records.connections import keys as connection_keys
from cache.records.connections.connection import BillingUse, Connection, ConnectionState
from cache.sealing import Seal, SealBroken
from cache.stored import from_hash, to_hash

MARK = load_script(__package__, "connections_mark")

SAVE_BILLING = load_script(__package__, "connections_save_billing")


class Connections:
    """One hash per organisation. The refresh token leaves this class only through `refresh_token`."""

    def __init__(self, records: Redis, seal: Seal) -> None:
        self._records, self._seal = records, seal
        self._mark = records.register_script(MARK)
        self._save_billing = records.register_script(SAVE_BILLING)

    def save(self, connection: Connection, *, refresh_token: str | None) -> None:
        """refresh_token None keeps the stored one."""
        fields = to_hash(connection)
        del fields["org"]
        if refresh_token is not None:
            fields["refresh_token"] = self._seal.seal(refresh_token, context=_context(connection.org))
        with self._records.pipeline() as pipe:
            pipe.hset(connection_keys.connection(connection.org), mapping=_as_fields(fields))
            pipe.sadd(connection_keys.connections(), connection.org)
            pipe.execute()

    def get(self, org: str) -> Connection | None:
        return _connection(org, self._records.hgetall(connection_keys.connection(org)))

    def orgs(self) -> list[str]:
        """The key of every organisation ever connected, sorted."""
        found: Any = self._records.smembers(connection_keys.connections())
        return sorted(found)

    def all(self) -> list[Connection]:
        """Every organisation ever connected, sorted by key."""
        orgs = self.orgs()
        with self._records.pipeline(transaction=False) as pipe:
            for org in orgs:
                pipe.hgetall(connection_keys.connection(org))
            found = [_connection(org, fields) for org, fields in zip(orgs, pipe.execute(), strict=True)]
        return [connection for connection in found if connection is not None]

    def refresh_token(self, org: str) -> str:
        """The unsealed refresh token; "" if there is none. Raises SealBroken."""
        sealed: Any = self._records.hget(connection_keys.connection(org), "refresh_token")
        return self._seal.open(sealed, context=_context(org)) if sealed else ""

    def save_billing(self, org: str, billing: BillingUse, *, billing_organization_id: str = "") -> None:
        """What is known of the merchant's Zoho Billing. Does nothing for an unknown organisation."""
        self._save_billing(
            keys=[connection_keys.connection(org)], args=[billing.value, billing_organization_id]
        )

    def lives_on(self, dc: str, refresh_token: str) -> bool:
        """Whether a connected organisation of this data centre uses this refresh token. A broken seal counts
        as no.
        """
        return any(
            connection.dc == dc
            and connection.state is ConnectionState.CONNECTED
            and self._has_token(connection.org, refresh_token)
            for connection in self.all()
        )

    def mark(self, org: str, state: ConnectionState, *, why: str = "") -> None:
        """Only if the organisation exists: a worker's late write must never bring back a deleted one."""
        self._mark(keys=[connection_keys.connection(org)], args=[state.value, why])

    def save_profile(self, org: str, profile: Mapping[str, Any], as_of: dt.datetime) -> None:
        """Store the organisation's details."""
        self._records.hset(
            connection_keys.connection(org),
            mapping=_as_fields({"profile": json.dumps(dict(profile)), "profile_as_of": as_of.isoformat()}),
        )

    def _has_token(self, org: str, refresh_token: str) -> bool:
        try:
            return self.refresh_token(org) == refresh_token
        except SealBroken:
            return False

    def wipe(self, org: str) -> None:
        """Delete the tokens; the rest records that the organisation was connected and no longer is."""
        with self._records.pipeline() as pipe:
            pipe.hdel(connection_keys.connection(org), "refresh_token")
            pipe.delete(
                connection_keys.access_token(org),
                connection_keys.refreshes(org),
                connection_keys.refused_scopes(org),
            )
            pipe.execute()
        self.mark(org, ConnectionState.DISCONNECTED, why="The merchant disconnected it.")


def _context(org: str) -> str:
    return f"refresh_token:{org}"


def _as_fields(fields: dict[str, str]) -> Mapping[Any, Any]:
    """redis-py's mapping type is invariant; this casts text to text once."""
    return fields


def _connection(org: str, fields: Any) -> Connection | None:
    return from_hash(Connection, fields, org=org) if fields else None
