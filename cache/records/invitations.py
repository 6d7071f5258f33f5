"""Invitation links: single use, short life, only their hash is kept."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from redis import Redis

from cache import keys
from cache.hashes import hash_of

REMEMBERED_FOR = 90 * 24 * 3600
"""Seconds after which a used or expired link is as unknown as one that never was."""

INVITATION_LIFE = dt.timedelta(days=7)


class InvitationState(StrEnum):
    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Invitation:
    account_id: str
    state: InvitationState
    ends_at: dt.datetime


USE = """
local fields = redis.call('HMGET', KEYS[1], 'state', 'ends_at')
if fields[1] ~= 'open' or tonumber(fields[2]) <= tonumber(redis.call('TIME')[1]) then return 0 end
redis.call('HSET', KEYS[1], 'state', 'used')
return 1
"""


MAKE = """
local last = redis.call('GET', KEYS[2])
if last and redis.call('EXISTS', last) == 1 then redis.call('HSET', last, 'state', 'used') end
redis.call('HSET', KEYS[1], 'account_id', ARGV[1], 'state', 'open', 'ends_at', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('SET', KEYS[2], KEYS[1], 'EX', ARGV[3])
return 1
"""

CLOSE = """
local last = redis.call('GET', KEYS[1])
if last and redis.call('EXISTS', last) == 1 then redis.call('HSET', last, 'state', 'used') end
return 1
"""


class Invitations:
    def __init__(self, records: Redis) -> None:
        self._records = records
        self._use = records.register_script(USE)
        self._make = records.register_script(MAKE)
        self._close = records.register_script(CLOSE)

    def make(self, account_id: str, *, life: dt.timedelta = INVITATION_LIFE) -> str:
        """A new secret for a link; every earlier one of this account stops working, also one made at the same moment."""
        secret = secrets.token_urlsafe(32)
        ends_at = int((dt.datetime.now(dt.UTC) + life).timestamp())
        self._make(
            keys=[keys.invitation(hash_of(secret)), keys.open_invitation(account_id)], args=[account_id, ends_at, REMEMBERED_FOR]
        )
        return secret

    def close(self, account_id: str) -> None:
        """The link last sent to this account stops working: sent anew, or the person revoked."""
        self._close(keys=[keys.open_invitation(account_id)])

    def look(self, secret: str) -> Invitation | None:
        """Whose link it is and whether it still works; None for a secret nobody was sent. Uses nothing up."""
        fields: Any = self._records.hgetall(keys.invitation(hash_of(secret)))
        if not fields:
            return None
        ends_at = dt.datetime.fromtimestamp(int(fields["ends_at"]), dt.UTC)
        state = InvitationState(fields["state"])
        if state is InvitationState.OPEN and ends_at <= dt.datetime.now(dt.UTC):
            state = InvitationState.EXPIRED
        return Invitation(fields["account_id"], state, ends_at)

    def use(self, secret: str) -> bool:
        """True for exactly one caller, while the link is open."""
        return bool(self._use(keys=[keys.invitation(hash_of(secret))]))
