"""An account's second factor: the sealed secret of an app's codes, and the hashes of its recovery codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from redis import Redis

from cache.lua import load_script
from cache.records.sign_in import keys as sign_in_keys
from cache.sealing import Seal, SealBroken

OFFERED_FOR = 30 * 60
"""Seconds in which a displayed secret can be confirmed."""

TAKE_STEP = load_script(__package__, "second_factors_take_step")


@dataclass(frozen=True, kw_only=True)
class SecondFactor:
    """since: when it was set up, which also distinguishes factors. secret: base32, "" if no current key opens
    it; recovery codes still work then. salt: of the recovery codes' hashes. codes_left: the number of unused
    ones.
    """

    account_id: str
    since: str
    secret: str = field(repr=False)
    salt: str = field(repr=False)
    codes_left: int

    @property
    def set_up_at(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.since)


class SecondFactors:
    """A step is a count of half minutes since 1970, from which an app's code is made."""

    def __init__(self, records: Redis, seal: Seal) -> None:
        self._records, self._seal = records, seal
        self._take_step = records.register_script(TAKE_STEP)

    def get(self, account_id: str) -> SecondFactor | None:
        fields: Any = self._records.hgetall(sign_in_keys.second_factor(account_id))
        if not fields:
            return None
        try:
            secret = self._seal.open(fields["secret"], context=_context(account_id))
        except SealBroken:
            secret = ""
        left = int(self._records.scard(sign_in_keys.recovery_codes(account_id)))
        return SecondFactor(
            account_id=account_id, since=fields["since"], secret=secret, salt=fields["salt"], codes_left=left
        )

    def set_up(
        self, account_id: str, secret: str, *, step: int, salt: str, codes: Sequence[str]
    ) -> SecondFactor:
        """Replaces any earlier factor. step: of the confirming code, which is thereby used. codes: their
        hashes.
        """
        since = dt.datetime.now(dt.UTC).isoformat()
        sealed = self._seal.seal(secret, context=_context(account_id))
        with self._records.pipeline() as pipe:
            pipe.delete(sign_in_keys.second_factor(account_id), sign_in_keys.recovery_codes(account_id))
            pipe.hset(
                sign_in_keys.second_factor(account_id),
                mapping={"secret": sealed, "since": since, "last_step": step, "salt": salt},
            )
            pipe.sadd(sign_in_keys.recovery_codes(account_id), *codes)
            pipe.execute()
        return SecondFactor(
            account_id=account_id, since=since, secret=secret, salt=salt, codes_left=len(codes)
        )

    def renew_codes(self, account_id: str, *, salt: str, codes: Sequence[str]) -> None:
        """Replaces the earlier codes, for an account that has a factor."""
        with self._records.pipeline() as pipe:
            pipe.delete(sign_in_keys.recovery_codes(account_id))
            pipe.hset(sign_in_keys.second_factor(account_id), "salt", salt)
            pipe.sadd(sign_in_keys.recovery_codes(account_id), *codes)
            pipe.execute()

    def remove(self, account_id: str) -> bool:
        """Returns whether there was one."""
        return bool(
            self._records.delete(
                sign_in_keys.second_factor(account_id), sign_in_keys.recovery_codes(account_id)
            )
        )

    def take_step(self, factor: SecondFactor, step: int) -> bool:
        """True for exactly one caller, and never again for this step or an earlier one, so that an observed
        code is useless. False too if the factor is no longer the one that was read.
        """
        return bool(
            self._take_step(keys=[sign_in_keys.second_factor(factor.account_id)], args=[step, factor.since])
        )

    def take_code(self, account_id: str, code_hash: str) -> bool:
        """True for exactly one caller with this recovery code."""
        return bool(self._records.srem(sign_in_keys.recovery_codes(account_id), code_hash))

    def offer(self, session_id: str, secret: str) -> str:
        """The secret shown to this session until it confirms one: the same in every tab."""
        sealed = self._seal.seal(secret, context=_context(session_id))
        self._records.set(sign_in_keys.offered_factor(session_id), sealed, ex=OFFERED_FOR, nx=True)
        return self.offered(session_id) or secret

    def offered(self, session_id: str) -> str:
        """ "" if there was none, or it expired."""
        sealed = self._records.get(sign_in_keys.offered_factor(session_id))
        try:
            return self._seal.open(str(sealed), context=_context(session_id)) if sealed else ""
        except SealBroken:
            return ""

    def forget_offer(self, session_id: str) -> None:
        self._records.delete(sign_in_keys.offered_factor(session_id))


def _context(owner: str) -> str:
    return f"second_factor:{owner}"
