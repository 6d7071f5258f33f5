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

from cache.records.email import keys as email_keys
from cache.records.email.scripts import ADD, BEGIN, SETTLE
from cache.records.scheduler import keys as scheduler_keys
from cache.records.scheduler.due_times import DueTimes
from cache.sealing import Seal

ONCE_FOR = 30 * 24 * 3600
"""Seconds in which the same event makes no second letter."""

TTL = 30 * 24 * 3600
"""Seconds for which a letter that came to rest can be looked at."""

MAX_REMEMBERED = 2_000


class EmailState(StrEnum):
    """SENDING: a mail server is being spoken to at this moment, or a worker died doing so. SUPPRESSED:
    switched off, stopped or no longer allowed when its turn came. GATHERED: in the digest.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    SUPPRESSED = "left_out"
    GATHERED = "gathered"


@dataclass(frozen=True, kw_only=True)
class Email:
    """kind: of cache/records/email/email_kinds.py. to: one address. account_id or merchant_id: whose letter
    it is.

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
    state: EmailState = EmailState.WAITING
    tries: int = 0
    made_at: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    why: str = ""
    subject: str = ""
    text: str = field(default="", repr=False)
    html: str = field(default="", repr=False)


def new_email_id() -> str:
    return secrets.token_hex(10)


class Emails:
    def __init__(self, records: Redis, seal: Seal) -> None:
        self._records, self._seal = records, seal
        self._due = DueTimes(records, "mail")
        self._add = records.register_script(ADD)
        self._begin = records.register_script(BEGIN)
        self._settle = records.register_script(SETTLE)

    def add(self, email: Email, *, once_key: str, secret_path: str = "") -> Email | None:
        """Put the letter into the outbox, due now, in one step; None when this event (`once_key`) already
        made one.

        secret_path: a path that lets somebody in. It is sealed, and forgotten as soon as the letter is sent.
        """
        if secret_path:
            email = dataclasses.replace(
                email, sealed_path=self._seal.seal(secret_path, context=_context(email.id))
            )
        subject = email.account_id or email.merchant_id
        made = self._add(
            keys=[
                email_keys.email_once(once_key),
                email_keys.email(email.id),
                email_keys.emails_of(email.org),
                scheduler_keys.due("mail"),
            ],
            args=[
                email.id,
                json.dumps(_stored(email)),
                ONCE_FOR,
                MAX_REMEMBERED,
                email_keys.emails_to(subject) if subject else "",
            ],
        )
        return email if made else None

    def was_added(self, once_key: str) -> bool:
        """Whether this event has already made a letter."""
        return bool(self._records.exists(email_keys.email_once(once_key)))

    def get(self, email_id: str) -> Email | None:
        return _read(self._records.get(email_keys.email(email_id)))

    def path_of(self, email: Email) -> str:
        """Where its link leads, "" for nowhere. Raises SealBroken."""
        return (
            self._seal.open(email.sealed_path, context=_context(email.id))
            if email.sealed_path
            else email.path
        )

    def begin(self, email_id: str) -> bool:
        """Note that it is being handed over. False when it no longer waits."""
        return bool(self._begin(keys=[email_keys.email(email_id)]))

    def settle(
        self,
        email_id: str,
        state: EmailState,
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
        is_at_rest = state is not EmailState.WAITING
        if is_at_rest:
            changes["sealed_path"] = ""
        moved = bool(
            self._settle(
                keys=[email_keys.email(email_id)],
                args=[json.dumps(changes), TTL if is_at_rest else 0],
            )
        )
        if moved and next_in is not None:
            self._due.set_in(email_id, next_in)
        else:
            self._due.remove(email_id)
        return moved

    def recent(self, org: str, limit: int = 50) -> list[Email]:
        """Newest first."""
        return self._several(self._records.lrange(email_keys.emails_of(org), 0, limit - 1))

    def to_person(self, subject: str) -> list[Email]:
        """Those of one account or merchant that are still remembered, newest first."""
        return self._several(self._records.lrange(email_keys.emails_to(subject), 0, -1))

    def forget_person(self, org: str, subject: str) -> int:
        """Erase every letter to one account or merchant; how many there were."""
        ids: Any = self._records.lrange(email_keys.emails_to(subject), 0, -1)
        with self._records.pipeline() as pipe:
            for email_id in ids:
                pipe.delete(email_keys.email(email_id))
                pipe.lrem(email_keys.emails_of(org), 0, email_id)
                pipe.zrem(scheduler_keys.due("mail"), email_id)
            pipe.delete(email_keys.emails_to(subject))
            pipe.execute()
        return len(ids)

    def _several(self, ids: Any) -> list[Email]:
        texts: Any = self._records.mget([email_keys.email(one) for one in ids]) if ids else []
        return [email for email in map(_read, texts) if email is not None]


def _context(email_id: str) -> str:
    return f"letter:{email_id}"


def _stored(email: Email) -> dict[str, Any]:
    return {
        **dataclasses.asdict(email),
        "values": dict(email.values),
        "state": email.state.value,
        "made_at": email.made_at.isoformat(),
    }


def _read(text: Any) -> Email | None:
    if not text:
        return None
    fields = json.loads(text)
    return Email(
        **{
            **fields,
            "state": EmailState(fields["state"]),
            "made_at": dt.datetime.fromisoformat(fields["made_at"]),
        }
    )
