"""Sign-in tries, counted before the password is checked, so that guessing is slow and known browsers are
never locked out.

Three counts: account and place together; the address; and the account for strangers, from anywhere. A place
is a browser in which the account has signed in before, otherwise an address. Strangers' tries never count for
such a browser, nor for an address from which the account has signed in.
"""

from __future__ import annotations

from redis import Redis

from cache.hashes import hash_of
from cache.lua import load_script
from cache.records.accounts.accounts import normal_email
from cache.records.sign_in import keys as sign_in_keys

WINDOW = 15 * 60
"""Seconds after the first try until the count of a place or an address restarts."""

MAX_TOGETHER, MAX_PER_ADDRESS = 5, 60
"""Tries within the window: few for one account from one place, more for an address, which many people may
share.
"""

FREE_FOR_STRANGERS, FIRST_PAUSE, LONGEST_PAUSE = 20, 15, 15 * 60
"""Strangers' tries per account; then the seconds between two of them, doubled each time up to the longest."""

STRANGERS_REMEMBERED = 24 * 3600
"""Seconds after a stranger's last try until that account's count restarts."""

PLACE_KNOWN = 180 * 24 * 3600
"""Seconds after a sign-in during which its address is not a stranger's."""

TAKE = load_script(__package__, "sign_in_tries_take")

GIVE_BACK = load_script(__package__, "sign_in_tries_give_back")


class SignInTries:
    """Counts in records, shared by all processes. Accounts and addresses are stored only as hashes.

    browser: the id of a browser in which this account has signed in before, "" for any other.
    """

    def __init__(self, records: Redis) -> None:
        self._take = records.register_script(TAKE)
        self._give_back = records.register_script(GIVE_BACK)

    def take(self, email: str, address: str, *, browser: str = "") -> float:
        """0 if the password may be checked now, otherwise the seconds until it may.

        Checking and counting are one step, before the password check: concurrent tries are limited like
        consecutive ones. What was counted stays counted unless it is given back.
        """
        limits = [
            WINDOW,
            MAX_TOGETHER,
            MAX_PER_ADDRESS,
            FREE_FOR_STRANGERS,
            FIRST_PAUSE,
            LONGEST_PAUSE,
            STRANGERS_REMEMBERED,
        ]
        return float(self._take(keys=_counters(email, address, browser), args=[int(bool(browser)), *limits]))

    def give_back(self, email: str, address: str, *, browser: str = "") -> None:
        """The password was right: take back this try, forgive earlier mistakes at that place, and remember
        the address as known.
        """
        self._give_back(keys=_counters(email, address, browser), args=[int(bool(browser)), PLACE_KNOWN])


def _counters(email: str, address: str, browser: str) -> list[str]:
    """The keys for: account and place together, the address, strangers at the account, account and address
    known together.
    """
    account = normal_email(email)
    place = f"browser\n{browser}" if browser else address
    subjects = (f"{account}\n{place}", f"address\n{address}", f"strangers\n{account}")
    return [
        *(sign_in_keys.sign_in_tries(hash_of(subject)) for subject in subjects),
        sign_in_keys.signed_in_from(hash_of(f"{account}\n{address}")),
    ]
