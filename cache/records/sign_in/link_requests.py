"""Requests for a link by email. A worker looks up the address later, so that the requester learns nothing
from the response or its timing.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from dataclasses import dataclass, field

from redis import Redis

from cache.hashes import hash_of
from cache.rate_limiter import RateLimit, RateLimiter
from cache.records.accounts.accounts import normal_email
from cache.records.scheduler.due_times import DueTimes
from cache.records.sign_in import keys as sign_in_keys
from cache.records.sign_in.single_use_links import LIFE, LinkKind, new_link_secret
from cache.sealing import Seal

PER_MAILBOX = RateLimit(5, 3600, is_fixed=True)
"""Emails to one mailbox."""

PER_ADDRESS = RateLimit(30, 3600, is_fixed=True)
"""Requests from one network address for any mailbox."""


@dataclass(frozen=True, kw_only=True)
class LinkRequest:
    """email: as typed. secret: of the link, if the address is known. language: of the requester."""

    id: str
    kind: LinkKind
    email: str
    language: str
    secret: str = field(repr=False)
    ends_at: dt.datetime


class LinkRequests:
    """Stored sealed until a worker handles it; counted by hashes."""

    def __init__(self, records: Redis, seal: Seal) -> None:
        self._records, self._seal = records, seal
        self._due = DueTimes(records, "links")
        self._limiter = RateLimiter(records)

    def allow(self, email: str, address: str) -> int | None:
        """Count a request. 0: it may be recorded; None: this mailbox has had its emails for now, which the
        response must not reveal; more: the seconds until this network address may ask again.
        """
        sender = sign_in_keys.recent_link_requests(hash_of(f"links from\n{address}"))
        mailbox = sign_in_keys.recent_link_requests(hash_of(f"links to\n{normal_email(email)}"))
        if wait := self._limiter.take(sender, PER_ADDRESS):
            return wait
        return None if self._limiter.take(mailbox, PER_MAILBOX) else 0

    def record(self, kind: LinkKind, email: str, *, language: str = "") -> LinkRequest:
        """Due at once."""
        ends_at = dt.datetime.now(dt.UTC) + LIFE[kind]
        request = LinkRequest(
            id=secrets.token_hex(10),
            kind=kind,
            email=email,
            language=language,
            secret=new_link_secret(),
            ends_at=ends_at,
        )
        text = json.dumps(
            [request.kind, request.email, request.language, request.secret, request.ends_at.isoformat()]
        )
        sealed = self._seal.seal(text, context=f"link_wish:{request.id}")
        self._records.set(sign_in_keys.link_request(request.id), sealed, ex=int(LIFE[kind].total_seconds()))
        self._due.set_in(request.id, 0)
        return request

    def get(self, request_id: str) -> LinkRequest | None:
        """None if it was handled, or its link would have expired. Raises SealBroken."""
        sealed = self._records.get(sign_in_keys.link_request(request_id))
        if not sealed:
            return None
        kind, email, language, secret, ends_at = json.loads(
            self._seal.open(str(sealed), context=f"link_wish:{request_id}")
        )
        return LinkRequest(
            id=request_id,
            kind=LinkKind(kind),
            email=email,
            language=language,
            secret=secret,
            ends_at=dt.datetime.fromisoformat(ends_at),
        )

    def claim_due(self, limit: int, *, lease: float) -> list[str]:
        """Ids of waiting requests, postponed by `lease` seconds."""
        return self._due.claim_due(limit, lease=lease)

    def done(self, request_id: str) -> None:
        self._records.delete(sign_in_keys.link_request(request_id))
        self._due.remove(request_id)
