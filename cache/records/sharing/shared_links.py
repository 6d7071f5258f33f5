"""Links by which a client shows one document to a colleague: random, short-lived, reusable, stored only as a
hash.

A link identifies its document and customer. Whether it may still be shown is checked on every visit
(gateway/sharing/shared_visits.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from redis import Redis

from cache.hashes import hash_of
from cache.records.sharing import keys as sharing_keys
from cache.records.sign_in.single_use_links import new_link_secret
from cache.scope import CustomerScope
from cache.stored import from_json, to_json

LIFE = dt.timedelta(days=14)
MAX_OPEN = 20
"""Open links per document."""


class TooManyLinks(Exception):
    """One of the document's links must be revoked first."""


@dataclass(frozen=True, kw_only=True)
class SharedLink:
    """id: identifies it among its document's links and grants no access. kind: "estimates" or "invoices".
    account_id: its author.
    """

    id: str
    org: str
    customer_id: str
    kind: str
    document_id: str
    account_id: str
    ends_at: dt.datetime

    @property
    def scope(self) -> CustomerScope:
        """The customer whose document it shows."""
        return CustomerScope(self.org, self.customer_id)


class SharedLinks:
    def __init__(self, records: Redis) -> None:
        self._records = records

    def make(self, scope: CustomerScope, kind: str, document_id: str, account_id: str) -> str:
        """The secret of a new link, returned only here. Raises TooManyLinks."""
        if len(self.of_document(scope, kind, document_id)) >= MAX_OPEN:
            raise TooManyLinks
        secret, ends_at = new_link_secret(), dt.datetime.now(dt.UTC) + LIFE
        secret_hash, seconds = hash_of(secret), int(LIFE.total_seconds())
        link = SharedLink(
            id=secret_hash,
            org=scope.org,
            customer_id=scope.customer_id,
            kind=kind,
            document_id=document_id,
            account_id=account_id,
            ends_at=ends_at,
        )
        text = to_json(link, without=("id",))
        with self._records.pipeline() as pipe:
            pipe.set(sharing_keys.shared_link(secret_hash), text, ex=seconds)
            for key in (
                sharing_keys.links_of_document(scope.org, kind, document_id),
                sharing_keys.links_of_account(account_id),
            ):
                pipe.zadd(key, {secret_hash: ends_at.timestamp()})
                pipe.zremrangebyscore(key, "-inf", (ends_at - LIFE).timestamp())
                pipe.expire(key, seconds)
            pipe.execute()
        return secret

    def find(self, secret: str) -> SharedLink | None:
        """The open link of this secret; None if it is unknown, expired or revoked."""
        return next(iter(self._several([hash_of(secret)])), None)

    def of_document(self, scope: CustomerScope, kind: str, document_id: str) -> list[SharedLink]:
        """This customer's open links to the document, soonest expiry first."""
        hashes: Any = self._records.zrange(
            sharing_keys.links_of_document(scope.org, kind, document_id), 0, -1
        )
        return [item for item in self._several(hashes) if item.scope == scope]

    def of_account(self, account_id: str) -> list[SharedLink]:
        """The open links made by this person."""
        return self._several(self._made_by(account_id))

    def end(self, scope: CustomerScope, kind: str, document_id: str, link_id: str) -> bool:
        """Revoke the link. True for exactly one caller, False if this customer has no such link."""
        if link_id not in {item.id for item in self.of_document(scope, kind, document_id)}:
            return False
        self._records.zrem(sharing_keys.links_of_document(scope.org, kind, document_id), link_id)
        return bool(self._records.delete(sharing_keys.shared_link(link_id)))

    def end_all(self, account_id: str) -> None:
        """Revoke every link made by this person. Idempotent."""
        for item in self._made_by(account_id):
            self._records.delete(sharing_keys.shared_link(item))
        self._records.delete(sharing_keys.links_of_account(account_id))

    def _made_by(self, account_id: str) -> list[str]:
        hashes: Any = self._records.zrange(sharing_keys.links_of_account(account_id), 0, -1)
        return [str(item) for item in hashes]

    def _several(self, hashes: Iterable[str]) -> list[SharedLink]:
        ids = list(hashes)
        texts: Any = (
            self._records.mget([sharing_keys.shared_link(record_id) for record_id in ids]) if ids else []
        )
        now = dt.datetime.now(dt.UTC)
        found = (from_json(SharedLink, text, id=link_id) for link_id, text in zip(ids, texts, strict=True))
        return [link for link in found if link is not None and link.ends_at > now]
