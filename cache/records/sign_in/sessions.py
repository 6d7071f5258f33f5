"""Sessions: an opaque id in the browser, everything else here, so that every session can be ended at once."""

from __future__ import annotations

import dataclasses
import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from redis import Redis

from cache.hashes import hash_of
from cache.records.sign_in import keys as sign_in_keys
from cache.stored import StoredUnreadable, from_json, to_json
from config.settings import Settings

TOUCH_AFTER = dt.timedelta(seconds=60)
"""A request within this time of the last one writes nothing."""


class Lifetime(NamedTuple):
    """Seconds without a request after which a session ends, and its maximum age in seconds."""

    idle: int
    whole: int


def lifetimes(settings: Settings) -> dict[str, Lifetime]:
    """Per kind. A half session, which waits for a second step of the sign-in, is not prolonged by
    requests.
    """
    return {
        "client": Lifetime(settings.session_idle, settings.session_life),
        "merchant": Lifetime(settings.merchant_session_idle, settings.merchant_session_life),
        "visitor": Lifetime(2 * 3600, 12 * 3600),
        "half": Lifetime(15 * 60, settings.session_life),
    }


@dataclass(frozen=True, kw_only=True)
class Session:
    """id: the hash of the cookie. kind: client, merchant, visitor, or half: the password was right and a
    second step is needed. subject: account id, merchant id, or "" for the other two.

    opened: for a client, what the password opens: account id → a proof made by the gateway.
    passed: accounts whose second factor was given: account id → when that factor was set up.
    awaiting: of a half session, the account to enter. device: browser and system for people, "" if unknown.
    """

    id: str
    kind: str
    subject: str
    org: str
    csrf_secret: str = field(repr=False)
    started_at: dt.datetime
    last_seen_at: dt.datetime
    opened: Mapping[str, str] = field(default_factory=dict, repr=False)
    passed: Mapping[str, str] = field(default_factory=dict)
    awaiting: str = ""
    device: tuple[str, str] = ("", "")


class Sessions:
    def __init__(self, records: Redis, lifetimes: Mapping[str, Lifetime]) -> None:
        self._records = records
        self.lifetimes = lifetimes

    def start(  # noqa: PLR0913 - to be grouped with the fields it fills
        self,
        kind: str,
        subject: str,
        org: str = "",
        *,
        opened: Mapping[str, str] | None = None,
        passed: Mapping[str, str] | None = None,
        awaiting: str = "",
        device: tuple[str, str] = ("", ""),
        since: dt.datetime | None = None,
    ) -> tuple[str, Session]:
        """(cookie value, session). 256 random bits. since: the start of the session it continues."""
        cookie, now, lifetime = secrets.token_urlsafe(32), dt.datetime.now(dt.UTC), self.lifetimes[kind]
        session = Session(
            id=hash_of(cookie),
            kind=kind,
            subject=subject,
            org=org,
            csrf_secret=secrets.token_urlsafe(32),
            started_at=since or now,
            last_seen_at=now,
            opened=dict(opened or {}),
            passed=dict(passed or {}),
            awaiting=awaiting,
            device=device,
        )
        with self._records.pipeline() as pipe:
            pipe.set(sign_in_keys.session(session.id), to_json(session, without=("id",)), ex=lifetime.idle)
            if subject:
                pipe.zadd(sign_in_keys.sessions_of(subject), {session.id: now.timestamp()})
                pipe.expire(sign_in_keys.sessions_of(subject), lifetime.whole)
            pipe.execute()
        return cookie, session

    def get(self, cookie: str) -> Session | None:
        """None if it is unknown, ended or expired."""
        session_id = hash_of(cookie)
        return self._living(_session(session_id, self._records.get(sign_in_keys.session(session_id))))

    def touch(self, cookie: str) -> None:
        """A request came: restart the idle time. Never brings an ended session back."""
        session = self.get(cookie)
        now = dt.datetime.now(dt.UTC)
        if session is None or session.kind == "half" or now - session.last_seen_at < TOUCH_AFTER:
            return
        renewed = dataclasses.replace(session, last_seen_at=now)
        self._records.set(
            sign_in_keys.session(session.id),
            to_json(renewed, without=("id",)),
            ex=self.lifetimes[session.kind].idle,
            xx=True,
        )

    def end(self, cookie: str) -> None:
        session = self.get(cookie)
        with self._records.pipeline() as pipe:
            pipe.delete(sign_in_keys.session(hash_of(cookie)))
            if session is not None and session.subject:
                pipe.zrem(sign_in_keys.sessions_of(session.subject), session.id)
            pipe.execute()

    def end_all(self, subject: str, *, but: str | None = None) -> None:
        """End every session of this account or merchant, except the one with id `but`."""
        ids: Any = self._records.zrange(sign_in_keys.sessions_of(subject), 0, -1)
        for session_id in ids:
            if session_id != but:
                self.end_one(subject, session_id)

    def end_one(self, subject: str, session_id: str) -> bool:
        """End one session of this account or merchant. False if it is not theirs."""
        if not self._records.zrem(sign_in_keys.sessions_of(subject), session_id):
            return False
        self._records.delete(sign_in_keys.session(session_id))
        return True

    def of(self, subject: str) -> list[Session]:
        """The live sessions of this account or merchant, newest first."""
        ids: Any = self._records.zrevrange(sign_in_keys.sessions_of(subject), 0, -1)
        texts: Any = self._records.mget([sign_in_keys.session(record_id) for record_id in ids]) if ids else []
        found = (self._living(_session(item, text)) for item, text in zip(ids, texts, strict=True))
        return [session for session in found if session is not None]

    def _living(self, session: Session | None) -> Session | None:
        """None past its maximum age."""
        if session is None or dt.datetime.now(dt.UTC) - session.started_at > dt.timedelta(
            seconds=self.lifetimes[session.kind].whole
        ):
            return None
        return session


def _session(session_id: str, text: Any) -> Session | None:
    """None for the format of an earlier version: such a session has ended."""
    try:
        return from_json(Session, text, id=session_id)
    except StoredUnreadable:
        return None
