"""Which emails a client does not want, and the token in an email's link that stops a kind without a sign-in
(RFC 8058).
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from typing import Any

from redis import Redis

from cache.records.email import keys as email_keys
from cache.records.email.email_kinds import STOPPABLE

OFF = "off:"
KEY = "key"


class EmailPreferences:
    """Each account's links have a random key: a token proves one account and one kind, and cannot
    be forged.
    """

    def __init__(self, records: Redis) -> None:
        self._records = records

    def unwanted(self, account_id: str) -> frozenset[str]:
        """The kinds this client has stopped."""
        fields: Any = self._records.hkeys(email_keys.email_preferences(account_id))
        return frozenset(name.removeprefix(OFF) for name in fields if name.startswith(OFF))

    def set_unwanted(self, account_id: str, unwanted: Iterable[str]) -> None:
        """Stop exactly these kinds from now on."""
        stopped = set(unwanted) & set(STOPPABLE)
        with self._records.pipeline() as pipe:
            pipe.hdel(email_keys.email_preferences(account_id), *[OFF + kind for kind in STOPPABLE])
            if stopped:
                pipe.hset(
                    email_keys.email_preferences(account_id),
                    mapping=dict.fromkeys([OFF + kind for kind in sorted(stopped)], "1"),
                )
            pipe.execute()

    def stop(self, account_id: str, kind: str) -> None:
        """Stop one more kind. Idempotent."""
        if kind in STOPPABLE:
            self._records.hset(email_keys.email_preferences(account_id), OFF + kind, "1")

    def unsubscribe_token(self, account_id: str, kind: str) -> str:
        """The token for an email's link: account, kind and their proof."""
        self._records.hsetnx(email_keys.email_preferences(account_id), KEY, secrets.token_hex(32))
        key: Any = self._records.hget(email_keys.email_preferences(account_id), KEY)
        return f"{account_id}-{kind}-{_proof(key, account_id, kind)}"

    def read_unsubscribe_token(self, token: str) -> tuple[str, str] | None:
        """(account, kind) of a genuine token; None for a forged one."""
        whose, _, proof = token.rpartition("-")
        account_id, _, kind = whose.rpartition("-")
        key: Any = self._records.hget(email_keys.email_preferences(account_id), KEY)
        if (
            not key
            or kind not in STOPPABLE
            or not hmac.compare_digest(proof.encode(), _proof(key, account_id, kind).encode())
        ):
            return None
        return account_id, kind

    def forget(self, account_id: str) -> None:
        """For erasure: their links stop working too."""
        self._records.delete(email_keys.email_preferences(account_id))


def _proof(key: str, account_id: str, kind: str) -> str:
    return hmac.digest(key.encode(), f"{account_id}:{kind}".encode(), "sha256").hex()
