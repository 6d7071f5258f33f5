"""Links that are sent by mail: single use, short life, only their hash is kept. Of one subject and kind only
the newest is open.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from redis import Redis

from cache.hashes import hash_of
from cache.records.sign_in import keys as sign_in_keys

TTL = 90 * 24 * 3600
"""Seconds after which a used or expired link is as unknown as one that never was."""


class LinkKind(StrEnum):
    """What a link is for. An invitation is an account's; the other two are an address's (its hash), with
    whatever it opens.
    """

    INVITATION = "invitation"
    RESET = "reset"
    SIGN_IN = "sign_in"


LIFE = {
    LinkKind.INVITATION: dt.timedelta(days=7),
    LinkKind.RESET: dt.timedelta(minutes=60),
    LinkKind.SIGN_IN: dt.timedelta(minutes=15),
}


class LinkState(StrEnum):
    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Link:
    """subject: an account id, or an address as normal_email has it."""

    subject: str
    state: LinkState
    ends_at: dt.datetime


USE = """
local fields = redis.call('HMGET', KEYS[1], 'state', 'ends_at')
if fields[1] ~= 'open' or tonumber(fields[2]) <= tonumber(redis.call('TIME')[1]) then return 0 end
redis.call('HSET', KEYS[1], 'state', 'used')
return 1
"""

MAKE = """
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local last = redis.call('GET', KEYS[2])
if last and redis.call('EXISTS', last) == 1 then redis.call('HSET', last, 'state', 'used') end
redis.call('HSET', KEYS[1], 'subject', ARGV[1], 'state', 'open', 'ends_at', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('SET', KEYS[2], KEYS[1], 'EX', ARGV[3])
return 1
"""

CLOSE = """
local last = redis.call('GET', KEYS[1])
if last and redis.call('EXISTS', last) == 1 then redis.call('HSET', last, 'state', 'used') end
return 1
"""


def new_link_secret() -> str:
    """256 random bits for an address."""
    return secrets.token_urlsafe(32)


class SingleUseLinks:
    """The links of one kind."""

    def __init__(self, records: Redis, kind: LinkKind) -> None:
        self._records, self._kind = records, kind
        self._use = records.register_script(USE)
        self._make = records.register_script(MAKE)
        self._close = records.register_script(CLOSE)

    def make(self, subject: str, *, life: dt.timedelta | None = None) -> str:
        """A new secret for a link; every earlier one of this subject stops working, also one made at the same
        moment.
        """
        secret = new_link_secret()
        self.put(
            subject, secret, ends_at=dt.datetime.now(dt.UTC) + (LIFE[self._kind] if life is None else life)
        )
        return secret

    def put(self, subject: str, secret: str, *, ends_at: dt.datetime) -> None:
        """The same with a secret made before; done twice, the second time changes nothing."""
        link, newest = (
            sign_in_keys.link(self._kind, hash_of(secret)),
            sign_in_keys.open_link(self._kind, hash_of(subject)),
        )
        self._make(keys=[link, newest], args=[subject, int(ends_at.timestamp()), TTL])

    def close(self, subject: str) -> None:
        """The link last sent to this subject stops working: sent anew, revoked, or another way was taken."""
        self._close(keys=[sign_in_keys.open_link(self._kind, hash_of(subject))])

    def find(self, secret: str) -> Link | None:
        """Whose link it is and whether it still works; None for a secret nobody was sent. Uses nothing up."""
        fields: Any = self._records.hgetall(sign_in_keys.link(self._kind, hash_of(secret)))
        if not fields:
            return None
        ends_at = dt.datetime.fromtimestamp(int(fields["ends_at"]), dt.UTC)
        state = LinkState(fields["state"])
        if state is LinkState.OPEN and ends_at <= dt.datetime.now(dt.UTC):
            state = LinkState.EXPIRED
        return Link(fields["subject"], state, ends_at)

    def use(self, secret: str) -> bool:
        """True for exactly one caller, while the link is open."""
        return bool(self._use(keys=[sign_in_keys.link(self._kind, hash_of(secret))]))
