"""Emailed links: single use, short-lived, stored only as a hash. Only the newest of one subject and kind is
open.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from redis import Redis

from cache.hashes import hash_of
from cache.lua import load_script
from cache.records.sign_in import keys as sign_in_keys

TTL = 90 * 24 * 3600
"""Seconds after which a used or expired link counts as unknown."""


class LinkKind(StrEnum):
    """The purpose of a link. An invitation belongs to an account; the other two to an address (its hash), for
    all accounts it opens.
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
    """subject: an account id, or an address as normal_email returns it."""

    subject: str
    state: LinkState
    ends_at: dt.datetime


USE = load_script(__package__, "single_use_links_use")

MAKE = load_script(__package__, "single_use_links_make")

CLOSE = load_script(__package__, "single_use_links_close")


def new_link_secret() -> str:
    """256 random bits for a URL."""
    return secrets.token_urlsafe(32)


class SingleUseLinks:
    """The links of one kind."""

    def __init__(self, records: Redis, kind: LinkKind) -> None:
        self._records, self._kind = records, kind
        self._prefix = sign_in_keys.link(kind, "")
        self._use = records.register_script(USE)
        self._make = records.register_script(MAKE)
        self._close = records.register_script(CLOSE)

    def make(self, subject: str, *, life: dt.timedelta | None = None) -> str:
        """A new secret for a link; every earlier one of this subject stops working, also one made at the same
        time.
        """
        secret = new_link_secret()
        self.put(
            subject, secret, ends_at=dt.datetime.now(dt.UTC) + (LIFE[self._kind] if life is None else life)
        )
        return secret

    def put(self, subject: str, secret: str, *, ends_at: dt.datetime) -> None:
        """The same with a given secret. Idempotent."""
        link, newest = (
            sign_in_keys.link(self._kind, hash_of(secret)),
            sign_in_keys.open_link(self._kind, hash_of(subject)),
        )
        self._make(
            keys=[link, newest],
            args=[subject, int(ends_at.timestamp()), TTL, sign_in_keys.link(self._kind, "")],
        )

    def close(self, subject: str) -> None:
        """Revoke the subject's latest link: sent again, revoked, or no longer needed."""
        self._close(keys=[sign_in_keys.open_link(self._kind, hash_of(subject))], args=[self._prefix])

    def find(self, secret: str) -> Link | None:
        """The link's subject and state; None for an unknown secret. Does not use it up."""
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
