"""Short locks with an owner and an expiry: one process does the work, the others wait and check again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from redis import Redis
from redis.exceptions import LockError, LockNotOwnedError

from cache import keys


class LockBusy(Exception):
    """The lock was not released within the time we were willing to wait."""


@contextmanager
def single_flight(records: Redis, key: str, *, held_for: float, wait: float) -> Iterator[None]:
    """Hold the lock for at most `held_for` seconds; wait at most `wait` seconds for it. Raises LockBusy.

    Only the owner's token releases it. Work that outlives `held_for` may overlap with the next owner's.
    """
    lock = records.lock(key, timeout=held_for, blocking_timeout=wait, sleep=0.05, thread_local=False)
    if not lock.acquire():
        raise LockBusy(key)
    try:
        yield
    finally:
        try:
            lock.release()
        except LockNotOwnedError:
            # It expired while we worked and may have a new owner, who will release it.
            pass
        except LockError:
            pass


@contextmanager
def only_one(records: Redis, name: str, *, held_for: float) -> Iterator[bool]:
    """True for one caller at a time, False at once for the others."""
    try:
        with single_flight(records, keys.lock(name), held_for=held_for, wait=0):
            yield True
    except LockBusy:
        yield False
