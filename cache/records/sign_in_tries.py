"""Tries to sign in, counted before the password is checked, so that guessing is slow: per account and address together, per
account, and per address.
"""

from __future__ import annotations

from collections.abc import Iterator

from redis import Redis

from cache import keys
from cache.hashes import hash_of
from cache.records.accounts import normal_email

WINDOW = 15 * 60
"""Seconds after the first try until a count begins anew."""

MOST_TOGETHER, MOST_PER_ACCOUNT, MOST_PER_ADDRESS = 5, 30, 60
"""Tries within the window. Few for one account from one address; more for the account from anywhere, so that a
stranger elsewhere does not lock the real person out; more for an address, behind which many people may sit.
"""

TAKE = """
local wait = 0
for place, key in ipairs(KEYS) do
  if tonumber(redis.call('GET', key) or 0) >= tonumber(ARGV[place + 1]) then
    wait = math.max(wait, 1, redis.call('TTL', key))
  end
end
if wait > 0 then return wait end
for _, key in ipairs(KEYS) do
  if redis.call('INCR', key) == 1 then redis.call('EXPIRE', key, ARGV[1]) end
end
return 0
"""

GIVE_BACK = """
redis.call('DEL', KEYS[1])
for place = 2, #KEYS do
  if tonumber(redis.call('GET', KEYS[place]) or 0) > 0 then redis.call('DECR', KEYS[place]) end
end
return 1
"""


class SignInTries:
    """Counts in records, shared by all processes. Accounts and addresses are kept as hashes only."""

    def __init__(self, records: Redis) -> None:
        self._take = records.register_script(TAKE)
        self._give_back = records.register_script(GIVE_BACK)

    def take(self, email: str, address: str) -> float:
        """0 when the password may be checked now, else the seconds until it may.

        Looking and counting are one step, before the check: of many tries at the same moment no more are checked than one
        after the other. What was counted stays counted unless it is given back.
        """
        counters = list(_counters(email, address))
        return float(self._take(keys=[key for key, _ in counters], args=[WINDOW, *(most for _, most in counters)]))

    def give_back(self, email: str, address: str) -> None:
        """The password was right: this try was none, and what was mistyped before at that address is forgiven."""
        self._give_back(keys=[key for key, _ in _counters(email, address)])


def _counters(email: str, address: str) -> Iterator[tuple[str, int]]:
    """(key, most tries allowed): account and address together, the account, the address."""
    account = normal_email(email)
    yield keys.sign_in_tries(hash_of(f"{account}\n{address}")), MOST_TOGETHER
    yield keys.sign_in_tries(hash_of(f"account\n{account}")), MOST_PER_ACCOUNT
    yield keys.sign_in_tries(hash_of(f"address\n{address}")), MOST_PER_ADDRESS
