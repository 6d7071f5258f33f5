"""Where Zoho's webhooks for an organisation arrive, how they are authenticated, and the results of the latest
ones.

The address contains a secret, since Zoho's payload names no organisation (zoho.md 6.2). It is found by its
hash; the merchant must be able to read address and secret again, so both are stored sealed.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from redis import Redis

from cache.clock import store_now
from cache.hashes import hash_of
from cache.rate_limiter import RateLimit, RateLimiter
from cache.records.connections import keys as connection_keys
from cache.sealing import Seal

MAX_DELIVERIES = 20

PER_MINUTE = RateLimit(300, 60, is_fixed=True)
"""Deliveries of one organisation; what comes beyond is left to the sync."""


class Proof(StrEnum):
    """How a delivery proves that it comes from the merchant's Zoho, besides knowing the address."""

    ADDRESS = "address"
    HEADER = "header"
    SIGNATURE = "signature"


@dataclass(frozen=True, kw_only=True)
class WebhookEndpoint:
    """key: the secret part of the address. secret: of the signature or the header, "" if the address is
    enough.
    """

    org: str
    key: str
    proof: Proof
    secret: str


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """outcome: accepted, empty (nothing of interest), unproven, or too_many. about: what it was about, for
    the merchant.
    """

    at: dt.datetime
    outcome: str
    about: str


class WebhookEndpoints:
    def __init__(self, records: Redis, seal: Seal) -> None:
        self._records, self._seal = records, seal
        self._limiter = RateLimiter(records)

    def of(self, org: str) -> WebhookEndpoint | None:
        """None until the merchant asks for one. Raises SealBroken."""
        fields: Any = self._records.hgetall(connection_keys.webhook_endpoint(org))
        if not fields:
            return None
        return WebhookEndpoint(
            org=org,
            key=self._seal.open(fields["key"], context=_context(org)),
            proof=Proof(fields["proof"]),
            secret=self._seal.open(fields["secret"], context=_context(org)),
        )

    def make(self, org: str, proof: Proof = Proof.ADDRESS) -> WebhookEndpoint:
        """A new address with a new secret; the old one stops working."""
        endpoint = WebhookEndpoint(org=org, key=secrets.token_urlsafe(32), proof=proof, secret=_new_secret())
        self.close(org)
        fields: Any = {
            "key": self._seal.seal(endpoint.key, context=_context(org)),
            "secret": self._seal.seal(endpoint.secret, context=_context(org)),
            "proof": proof.value,
            "hash": hash_of(endpoint.key),
        }
        with self._records.pipeline() as pipe:
            pipe.hset(connection_keys.webhook_endpoint(org), mapping=fields)
            pipe.set(connection_keys.webhook_key(hash_of(endpoint.key)), org)
            pipe.execute()
        return endpoint

    def prove_by(self, org: str, proof: Proof) -> None:
        """Require this proof from now on. Does nothing if there is no endpoint."""
        if self._records.exists(connection_keys.webhook_endpoint(org)):
            self._records.hset(connection_keys.webhook_endpoint(org), "proof", proof.value)

    def close(self, org: str) -> None:
        """Remove the endpoint."""
        known: Any = self._records.hget(connection_keys.webhook_endpoint(org), "hash")
        keys_to_delete = [connection_keys.webhook_endpoint(org), connection_keys.webhook_deliveries(org)]
        self._records.delete(*keys_to_delete, *([connection_keys.webhook_key(known)] if known else []))

    def by_key(self, key: str) -> WebhookEndpoint | None:
        """The organisation of this address; None if it is unknown or revoked."""
        org: Any = self._records.get(connection_keys.webhook_key(hash_of(key)))
        return self.of(str(org)) if org else None

    def may_deliver(self, org: str) -> bool:
        """Whether a delivery is one of those of this minute; counts it."""
        return self._limiter.take(connection_keys.webhook_minute(org), PER_MINUTE) == 0

    def note(self, org: str, outcome: str, about: str = "") -> None:
        """Record a delivery and its result, for the merchant who sets it up."""
        line = json.dumps([store_now(self._records).isoformat(), outcome, about[:80]])
        with self._records.pipeline(transaction=False) as pipe:
            pipe.lpush(connection_keys.webhook_deliveries(org), line)
            pipe.ltrim(connection_keys.webhook_deliveries(org), 0, MAX_DELIVERIES - 1)
            pipe.execute()

    def latest(self, org: str) -> list[Delivery]:
        """The latest deliveries, newest first."""
        lines: Any = self._records.lrange(connection_keys.webhook_deliveries(org), 0, MAX_DELIVERIES - 1)
        return [
            Delivery(at=dt.datetime.fromisoformat(at), outcome=outcome, about=about)
            for at, outcome, about in map(json.loads, lines)
        ]


def _new_secret() -> str:
    """12 to 50 letters and digits, which is what Zoho accepts (zoho.md 6.1)."""
    return secrets.token_hex(20)


def _context(org: str) -> str:
    return f"webhook:{org}"
