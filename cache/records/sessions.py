"""Sessions: an opaque id in the browser, everything else here, so that every session can be ended at once."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from redis import Redis

from cache import keys
from cache.hashes import hash_of

IDLE = {"client": 12 * 3600, "merchant": 12 * 3600, "visitor": 2 * 3600}
"""Seconds without a request after which a session ends."""

ABSOLUTE = {"client": 14 * 24 * 3600, "merchant": 7 * 24 * 3600, "visitor": 12 * 3600}
"""Seconds after which it ends whatever happens."""

TOUCH_AFTER = dt.timedelta(seconds=60)
"""A request within this time of the last one writes nothing."""


@dataclass(frozen=True, kw_only=True)
class Session:
    """id: the hash of the cookie. kind: client, merchant or visitor. subject: account id, merchant id or "" for a visitor.

    opened: of a client, what the password given at the sign-in opens: account id → a proof, which is the gateway's own.
    """

    id: str
    kind: str
    subject: str
    org: str
    csrf_secret: str = field(repr=False)
    started_at: dt.datetime
    last_seen_at: dt.datetime
    opened: Mapping[str, str] = field(default_factory=dict, repr=False)


class Sessions:
    def __init__(self, records: Redis) -> None:
        self._records = records

    def start(
        self, kind: str, subject: str, org: str = "", *, opened: Mapping[str, str] | None = None, since: dt.datetime | None = None
    ) -> tuple[str, Session]:
        """(what goes into the cookie, the session). 256 random bits. since: it goes on for one that started then."""
        cookie, now = secrets.token_urlsafe(32), dt.datetime.now(dt.UTC)
        session = Session(
            id=hash_of(cookie), kind=kind, subject=subject, org=org, csrf_secret=secrets.token_urlsafe(32), started_at=since or now,
            last_seen_at=now, opened=dict(opened or {}),
        )  # fmt: skip
        with self._records.pipeline() as pipe:
            pipe.set(keys.session(session.id), _stored(session), ex=IDLE[kind])
            if subject:
                pipe.zadd(keys.sessions_of(subject), {session.id: now.timestamp()})
                pipe.expire(keys.sessions_of(subject), ABSOLUTE[kind])
            pipe.execute()
        return cookie, session

    def get(self, cookie: str) -> Session | None:
        """None when it never was, was ended, or has run out."""
        session = _read(hash_of(cookie), self._records.get(keys.session(hash_of(cookie))))
        if session is None or dt.datetime.now(dt.UTC) - session.started_at > dt.timedelta(seconds=ABSOLUTE[session.kind]):
            return None
        return session

    def touch(self, cookie: str) -> None:
        """A request came: the idle time begins anew. Never brings an ended session back."""
        session = self.get(cookie)
        now = dt.datetime.now(dt.UTC)
        if session is None or now - session.last_seen_at < TOUCH_AFTER:
            return
        renewed = dataclasses.replace(session, last_seen_at=now)
        self._records.set(keys.session(session.id), _stored(renewed), ex=IDLE[session.kind], xx=True)

    def end(self, cookie: str) -> None:
        session = self.get(cookie)
        with self._records.pipeline() as pipe:
            pipe.delete(keys.session(hash_of(cookie)))
            if session is not None and session.subject:
                pipe.zrem(keys.sessions_of(session.subject), session.id)
            pipe.execute()

    def end_all(self, subject: str, *, but: str | None = None) -> None:
        """End every session of this account or merchant, except the one with id `but`."""
        for session in self.of(subject):
            if session.id != but:
                self._records.delete(keys.session(session.id))
                self._records.zrem(keys.sessions_of(subject), session.id)

    def of(self, subject: str) -> list[Session]:
        """The living sessions of this account or merchant, newest first."""
        ids: Any = self._records.zrevrange(keys.sessions_of(subject), 0, -1)
        texts: Any = self._records.mget([keys.session(one) for one in ids]) if ids else []
        found = [_read(one, text) for one, text in zip(ids, texts, strict=True)]
        return [session for session in found if session is not None]


def _stored(session: Session) -> str:
    times = [session.started_at.isoformat(), session.last_seen_at.isoformat()]
    return json.dumps([session.kind, session.subject, session.org, session.csrf_secret, *times, dict(session.opened)])


def _read(session_id: str, text: Any) -> Session | None:
    if not text:
        return None
    kind, subject, org, csrf_secret, started_at, last_seen_at, *opened = json.loads(text)
    return Session(
        id=session_id, kind=kind, subject=subject, org=org, csrf_secret=csrf_secret,
        started_at=dt.datetime.fromisoformat(started_at), last_seen_at=dt.datetime.fromisoformat(last_seen_at),
        opened=opened[0] if opened else {},
    )  # fmt: skip
