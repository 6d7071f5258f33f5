"""Failed sign-ins, counted so that guessing is slow: per account and address together, per account, and per address."""

from __future__ import annotations

from collections.abc import Iterator

from redis import Redis

from cache import keys
from cache.hashes import hash_of
from cache.records.accounts import normal_email

WINDOW = 15 * 60
"""Seconds after the first failure until a count begins anew."""

MOST_TOGETHER, MOST_PER_ACCOUNT, MOST_PER_ADDRESS = 5, 30, 60
"""Failures within the window. Few for one account from one address; more for the account from anywhere, so that a
stranger elsewhere does not lock the real person out; more for an address, behind which many people may sit.
"""

COUNT = """
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return count
"""


class SignInTries:
    """Counts in records, shared by all processes. Accounts and addresses are kept as hashes only."""

    def __init__(self, records: Redis) -> None:
        self._records = records
        self._count = records.register_script(COUNT)

    def seconds_to_wait(self, email: str, address: str) -> float:
        """0 when another try is allowed now, else how long until one is."""
        counters = list(_counters(email, address))
        pipe = self._records.pipeline(transaction=False)
        for key, _ in counters:
            pipe.get(key)
            pipe.ttl(key)
        found = pipe.execute()
        return max(
            (
                float(max(1, found[2 * place + 1]))
                for place, (_, most) in enumerate(counters)
                if int(found[2 * place] or 0) >= most
            ),
            default=0.0,
        )

    def note_failure(self, email: str, address: str) -> None:
        """One more failed try of this account from this address."""
        for key, _ in _counters(email, address):
            self._count(keys=[key], args=[WINDOW])

    def forget(self, email: str, address: str) -> None:
        """The person signed in: what they mistyped before no longer counts against them at this address."""
        (together, _), *_ = _counters(email, address)
        self._records.delete(together)


def _counters(email: str, address: str) -> Iterator[tuple[str, int]]:
    """(key, most failures allowed): account and address together, the account, the address."""
    account = normal_email(email)
    yield keys.sign_in_tries(hash_of(f"{account}\n{address}")), MOST_TOGETHER
    yield keys.sign_in_tries(hash_of(f"account\n{account}")), MOST_PER_ACCOUNT
    yield keys.sign_in_tries(hash_of(f"address\n{address}")), MOST_PER_ADDRESS
