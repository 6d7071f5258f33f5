"""Letters waiting to be sent: written before anybody rings, sent once."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from redis import Redis

from cache import keys
from cache.records.due_times import DueTimes

ONCE_FOR = 30 * 24 * 3600
"""Seconds in which the same event makes no second letter."""

MOST_REMEMBERED = 500


class LetterState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """kind: invitation, … ; to: one address; account_id: whose letter it is, so that a revoked person gets none."""

    id: str
    org: str
    to: str
    subject: str
    text: str = field(repr=False)
    html: str = field(default="", repr=False)
    reply_to: str = ""
    kind: str
    account_id: str = ""
    state: LetterState = LetterState.WAITING
    tries: int = 0
    made_at: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    why: str = ""


SETTLE = """
local text = redis.call('GET', KEYS[1])
if not text then return 0 end
local fields = cjson.decode(text)
if fields['state'] ~= 'waiting' then return 0 end
fields['state'] = ARGV[1]
fields['tries'] = fields['tries'] + 1
fields['why'] = ARGV[2]
redis.call('SET', KEYS[1], cjson.encode(fields))
return 1
"""


def new_letter_id() -> str:
    return secrets.token_hex(10)


class Letters:
    def __init__(self, records: Redis) -> None:
        self._records = records
        self._due = DueTimes(records, "mail")
        self._settle = records.register_script(SETTLE)

    def add(self, letter: Letter, *, once_key: str) -> Letter | None:
        """Put the letter into the outbox, due now; None when this event (`once_key`) already made one."""
        if not self._records.set(keys.letter_once(once_key), letter.id, nx=True, ex=ONCE_FOR):
            return None
        with self._records.pipeline() as pipe:
            pipe.set(keys.letter(letter.id), json.dumps(_stored(letter)))
            pipe.lpush(keys.letters_of(letter.org), letter.id)
            pipe.ltrim(keys.letters_of(letter.org), 0, MOST_REMEMBERED - 1)
            pipe.execute()
        self._due.set_in(letter.id, 0)
        return letter

    def get(self, letter_id: str) -> Letter | None:
        return _read(self._records.get(keys.letter(letter_id)))

    def settle(self, letter_id: str, state: LetterState, *, why: str = "", next_in: float | None = None) -> bool:
        """After a try: SENT, FAILED, or still WAITING with seconds until the next try. False when somebody else settled it."""
        moved = bool(self._settle(keys=[keys.letter(letter_id)], args=[state.value, why]))
        if moved and next_in is not None:
            self._due.set_in(letter_id, next_in)
        else:
            self._due.remove(letter_id)
        return moved

    def recent(self, org: str, limit: int = 50) -> list[Letter]:
        """Newest first."""
        ids: Any = self._records.lrange(keys.letters_of(org), 0, limit - 1)
        texts: Any = self._records.mget([keys.letter(one) for one in ids]) if ids else []
        return [letter for letter in map(_read, texts) if letter is not None]


def _stored(letter: Letter) -> dict[str, Any]:
    return {**dataclasses.asdict(letter), "state": letter.state.value, "made_at": letter.made_at.isoformat()}


def _read(text: Any) -> Letter | None:
    if not text:
        return None
    fields = json.loads(text)
    return Letter(**{**fields, "state": LetterState(fields["state"]), "made_at": dt.datetime.fromisoformat(fields["made_at"])})
