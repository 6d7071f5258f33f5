"""Letters waiting to be sent: written before anybody rings, sent once. What they say is worked out when they
are sent.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from redis import Redis

from cache import keys, letter_keys
from cache.records.due_times import DueTimes
from cache.records.letter_scripts import ADD, BEGIN, SETTLE
from cache.sealing import Seal

ONCE_FOR = 30 * 24 * 3600
"""Seconds in which the same event makes no second letter."""

KEPT_FOR = 30 * 24 * 3600
"""Seconds for which a letter that came to rest can be looked at."""

MOST_REMEMBERED = 2_000


class LetterState(StrEnum):
    """SENDING: a mail server is being spoken to at this moment, or a worker died doing so. LEFT_OUT: switched
    off, stopped or no longer allowed when its turn came. GATHERED: in the digest.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    LEFT_OUT = "left_out"
    GATHERED = "gathered"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """kind: of cache/records/letter_kinds.py. to: one address. account_id or merchant_id: whose letter it is.

    values: what its template speaks of, as text: names, numbers, days (ISO), amounts (decimal). path: where
    its link leads, within the portal. sealed_path: the same, where the path itself lets somebody in.
    reply_to: "" for the merchant's.
    subject, text, html: as it was sent; text and html are kept only where letters go into a folder.
    """

    id: str
    org: str
    to: str
    kind: str
    account_id: str = ""
    merchant_id: str = ""
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    path: str = field(default="", repr=False)
    sealed_path: str = field(default="", repr=False)
    reply_to: str = ""
    state: LetterState = LetterState.WAITING
    tries: int = 0
    made_at: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    why: str = ""
    subject: str = ""
    text: str = field(default="", repr=False)
    html: str = field(default="", repr=False)


def new_letter_id() -> str:
    return secrets.token_hex(10)


class Letters:
    def __init__(self, records: Redis, seal: Seal) -> None:
        self._records, self._seal = records, seal
        self._due = DueTimes(records, "mail")
        self._add = records.register_script(ADD)
        self._begin = records.register_script(BEGIN)
        self._settle = records.register_script(SETTLE)

    def add(self, letter: Letter, *, once_key: str, secret_path: str = "") -> Letter | None:
        """Put the letter into the outbox, due now, in one step; None when this event (`once_key`) already
        made one.

        secret_path: a path that lets somebody in. It is sealed, and forgotten as soon as the letter is sent.
        """
        if secret_path:
            letter = dataclasses.replace(
                letter, sealed_path=self._seal.seal(secret_path, context=_context(letter.id))
            )
        subject = letter.account_id or letter.merchant_id
        made = self._add(
            keys=[
                letter_keys.letter_once(once_key),
                letter_keys.letter(letter.id),
                letter_keys.letters_of(letter.org),
                keys.due("mail"),
            ],
            args=[
                letter.id,
                json.dumps(_stored(letter)),
                ONCE_FOR,
                MOST_REMEMBERED,
                letter_keys.letters_to(subject) if subject else "",
            ],
        )
        return letter if made else None

    def was_written(self, once_key: str) -> bool:
        """Whether this event has already made a letter."""
        return bool(self._records.exists(letter_keys.letter_once(once_key)))

    def get(self, letter_id: str) -> Letter | None:
        return _read(self._records.get(letter_keys.letter(letter_id)))

    def path_of(self, letter: Letter) -> str:
        """Where its link leads, "" for nowhere. Raises SealBroken."""
        return (
            self._seal.open(letter.sealed_path, context=_context(letter.id))
            if letter.sealed_path
            else letter.path
        )

    def begin(self, letter_id: str) -> bool:
        """Note that it is being handed over. False when it no longer waits."""
        return bool(self._begin(keys=[letter_keys.letter(letter_id)]))

    def settle(
        self,
        letter_id: str,
        state: LetterState,
        *,
        why: str = "",
        next_in: float | None = None,
        **as_sent: str,
    ) -> bool:
        """After a try: where it rests, or WAITING with seconds until the next try. False when somebody else
        settled it.

        as_sent: subject, text and html.
        """
        changes = {"state": state.value, "why": why, **as_sent}
        is_at_rest = state is not LetterState.WAITING
        if is_at_rest:
            changes["sealed_path"] = ""
        moved = bool(
            self._settle(
                keys=[letter_keys.letter(letter_id)],
                args=[json.dumps(changes), KEPT_FOR if is_at_rest else 0],
            )
        )
        if moved and next_in is not None:
            self._due.set_in(letter_id, next_in)
        else:
            self._due.remove(letter_id)
        return moved

    def recent(self, org: str, limit: int = 50) -> list[Letter]:
        """Newest first."""
        return self._several(self._records.lrange(letter_keys.letters_of(org), 0, limit - 1))

    def to_person(self, subject: str) -> list[Letter]:
        """Those of one account or merchant that are still remembered, newest first."""
        return self._several(self._records.lrange(letter_keys.letters_to(subject), 0, -1))

    def forget_person(self, org: str, subject: str) -> int:
        """Erase every letter to one account or merchant; how many there were."""
        ids: Any = self._records.lrange(letter_keys.letters_to(subject), 0, -1)
        with self._records.pipeline() as pipe:
            for letter_id in ids:
                pipe.delete(letter_keys.letter(letter_id))
                pipe.lrem(letter_keys.letters_of(org), 0, letter_id)
                pipe.zrem(keys.due("mail"), letter_id)
            pipe.delete(letter_keys.letters_to(subject))
            pipe.execute()
        return len(ids)

    def _several(self, ids: Any) -> list[Letter]:
        texts: Any = self._records.mget([letter_keys.letter(one) for one in ids]) if ids else []
        return [letter for letter in map(_read, texts) if letter is not None]


def _context(letter_id: str) -> str:
    return f"letter:{letter_id}"


def _stored(letter: Letter) -> dict[str, Any]:
    return {
        **dataclasses.asdict(letter),
        "values": dict(letter.values),
        "state": letter.state.value,
        "made_at": letter.made_at.isoformat(),
    }


def _read(text: Any) -> Letter | None:
    if not text:
        return None
    fields = json.loads(text)
    return Letter(
        **{
            **fields,
            "state": LetterState(fields["state"]),
            "made_at": dt.datetime.fromisoformat(fields["made_at"]),
        }
    )
