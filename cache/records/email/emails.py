"""Emails waiting to be sent: recorded before a job is enqueued, sent once, and rendered when sent."""

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

from cache.lua import load_script
from cache.records.email import keys as email_keys
from cache.records.scheduler import keys as scheduler_keys
from cache.records.scheduler.due_times import DueTimes
from cache.sealing import Seal
from cache.stored import from_json, to_json

ADD = load_script(__package__, "add")
BEGIN = load_script(__package__, "begin")
SETTLE = load_script(__package__, "settle")

ONCE_FOR = 30 * 24 * 3600
"""Seconds in which the same event makes no second email."""

TTL = 30 * 24 * 3600
"""Seconds for which a settled email can be viewed."""

MAX_REMEMBERED = 2_000


class EmailState(StrEnum):
    """SENDING: a mail server is being contacted, or a worker died doing so. SUPPRESSED: switched off, stopped
    or no longer allowed at send time. GATHERED: in the digest.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    SUPPRESSED = "left_out"
    GATHERED = "gathered"


@dataclass(frozen=True, kw_only=True)
class Email:
    """kind: of cache/records/email/email_kinds.py. to: one address. account_id or merchant_id: the recipient.

    values: for the template, as text: names, numbers, days (ISO), amounts (decimal). path: of its link,
    within the portal. sealed_path: the same, if the path itself signs somebody in. reply_to: "" for the
    merchant's.
    subject, text, html: as sent; text and html are stored only if emails go into a folder.
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
        """Add the email to the outbox, due now, in one step; None if this event (`once_key`) already made
        one.

        secret_path: a path that signs somebody in. It is sealed, and deleted as soon as the email is sent.
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
                scheduler_keys.due("mail"),
                email_keys.emails_of(email.org),
                *([email_keys.emails_to(subject)] if subject else []),
            ],
            args=[
                email.id,
                to_json(email),
                ONCE_FOR,
                MAX_REMEMBERED,
            ],
        )
        return email if made else None

    def was_added(self, once_key: str) -> bool:
        """Whether this event has already made an email."""
        return bool(self._records.exists(email_keys.email_once(once_key)))

    def get(self, email_id: str) -> Email | None:
        return from_json(Email, self._records.get(email_keys.email(email_id)))

    def path_of(self, email: Email) -> str:
        """The path of its link, "" for none. Raises SealBroken."""
        return (
            self._seal.open(email.sealed_path, context=_context(email.id))
            if email.sealed_path
            else email.path
        )

    def begin(self, email_id: str) -> bool:
        """Mark it as being sent. False if it is no longer waiting."""
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
        """After a try: its final state, or WAITING with seconds until the next try. False if another worker
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
        """The stored emails to one account or merchant, newest first."""
        return self._several(self._records.lrange(email_keys.emails_to(subject), 0, -1))

    def forget_person(self, org: str, subject: str) -> int:
        """Erase every email to one account or merchant; returns their number."""
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
        texts: Any = self._records.mget([email_keys.email(record_id) for record_id in ids]) if ids else []
        found = (from_json(Email, text) for text in texts)
        return [email for email in found if email is not None]


def _context(email_id: str) -> str:
    return f"letter:{email_id}"
